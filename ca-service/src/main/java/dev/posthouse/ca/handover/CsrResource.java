package dev.posthouse.ca.handover;

import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.wire.CaCsrRequest;
import dev.posthouse.common.wire.CsrResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;

/** A proxy hands over a client's CSR (certificates, section 2.2). */
@Path("/csr")
@Consumes("application/json")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("proxy")
final class CsrResource {

    private final AccessUrlVerifier accessUrls;
    private final AcceptCsr acceptCsr;
    private final Clock clock;

    CsrResource(AccessUrlVerifier accessUrls, AcceptCsr acceptCsr, Clock clock) {
        this.accessUrls = accessUrls;
        this.acceptCsr = acceptCsr;
        this.clock = clock;
    }

    @POST
    public CsrResponse post(@NotNull @Valid CaCsrRequest request) {
        Handover handover = Handover.of(request, accessUrls, clock.instant());
        return new CsrResponse(request.accessUrl(), acceptCsr.accept(handover));
    }
}
