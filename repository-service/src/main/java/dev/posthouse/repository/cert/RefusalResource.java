package dev.posthouse.repository.cert;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.wire.RefusalRequest;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.repository.record.RefusedIssuance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Map;

/** The CA says that there will be no certificate (certificates, section 8). */
@Path("/cert/refusal")
@Consumes("application/json")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("ca")
final class RefusalResource {

    private final AccessUrlVerifier accessUrls;
    private final StoreRefusal storeRefusal;

    RefusalResource(AccessUrlVerifier accessUrls, StoreRefusal storeRefusal) {
        this.accessUrls = accessUrls;
        this.storeRefusal = storeRefusal;
    }

    @POST
    public Map<String, String> post(@NotNull @Valid RefusalRequest request) {
        SessionName sessionName = new SessionName(request.sessionName());
        RefusedIssuance refusal = new RefusedIssuance(request.code());
        AccessUrl accessUrl = accessUrls.verify(request.accessUrl(), sessionName);
        storeRefusal.store(accessUrl, refusal);
        return Map.of();
    }
}
