package dev.posthouse.proxy.csr;

import dev.posthouse.common.door.Caller;
import dev.posthouse.common.problem.Problem;
import dev.posthouse.common.wire.CsrRequest;
import dev.posthouse.common.wire.CsrResponse;
import dev.posthouse.common.x509.SessionName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** A client brings its CSR (certificates, section 2.1). */
@Path("/csr")
@Consumes("application/json")
@Produces("application/json")
@RunOnVirtualThread
@PermitAll
final class CsrResource {

    private final SubmitCsr submitCsr;

    CsrResource(SubmitCsr submitCsr) {
        this.submitCsr = submitCsr;
    }

    @POST
    @Operation(
            operationId = "submitCsr",
            summary = "Hands in a CSR; the certificate is collected at access_url")
    @APIResponse(
            responseCode = "200",
            description = "Recorded; a repeat of the same request has the same answer",
            content = @Content(schema = @Schema(implementation = CsrResponse.class)))
    @APIResponse(
            responseCode = "default",
            description = "A refusal, by its code; Retry-After says when to try again",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    public CsrResponse post(@NotNull @Valid CsrRequest request, @Context RoutingContext routing) {
        return submitCsr.submit(
                request.csr(),
                new SessionName(request.sessionName()),
                Caller.of(routing).address());
    }
}
