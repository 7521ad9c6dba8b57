package dev.posthouse.repository.collection;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.accessurl.InvalidAccessUrl;
import dev.posthouse.common.door.Caller;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.wire.CollectRequest;
import dev.posthouse.common.wire.CollectResponse;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.repository.RepositoryException.TooManyCollections;
import dev.posthouse.repository.RepositoryException.UnknownAccessUrl;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;

/** The AccessURL: a client collects its certificate (certificates, sections 2.4 and 7). */
@Path("/{token}")
@Consumes("application/json")
@Produces("application/json")
@RunOnVirtualThread
@PermitAll
final class CollectionResource {

    private final AccessUrlVerifier accessUrls;
    private final RateLimit perAccessUrl;
    private final CollectCertificate collectCertificate;

    CollectionResource(
            AccessUrlVerifier accessUrls,
            RateLimit perAccessUrl,
            CollectCertificate collectCertificate) {
        this.accessUrls = accessUrls;
        this.perAccessUrl = perAccessUrl;
        this.collectCertificate = collectCertificate;
    }

    @POST
    public CollectResponse post(
            @PathParam("token") String token,
            @NotNull @Valid CollectRequest request,
            @Context RoutingContext call) {
        AccessUrl accessUrl = verify(token);
        perAccessUrl
                .take(accessUrl.jti())
                .ifPresent(wait -> {
                    throw new TooManyCollections(wait);
                });
        SessionName sessionName = new SessionName(request.sessionName());
        Collector collector =
                new Collector(Caller.of(call).address(), () -> call.response().closed());
        String chain = collectCertificate.collect(accessUrl, sessionName, collector);
        return new CollectResponse(accessUrl.form().write(chain), request.sessionName());
    }

    private AccessUrl verify(String token) {
        try {
            return accessUrls.verifyToken(token);
        } catch (InvalidAccessUrl invalid) {
            throw new UnknownAccessUrl();
        }
    }
}
