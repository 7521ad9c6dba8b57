package dev.posthouse.repository.cert;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.wire.CertRequest;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.repository.record.IssuedCertificate;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Map;

/** The CA hands over a certificate (certificates, section 2.3). */
@Path("/cert")
@Consumes("application/json")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("ca")
final class CertResource {

    private final AccessUrlVerifier accessUrls;
    private final StoreCertificate storeCertificate;

    CertResource(AccessUrlVerifier accessUrls, StoreCertificate storeCertificate) {
        this.accessUrls = accessUrls;
        this.storeCertificate = storeCertificate;
    }

    @POST
    public Map<String, String> post(@NotNull @Valid CertRequest request) {
        SessionName sessionName = new SessionName(request.sessionName());
        IssuedCertificate certificate =
                IssuedCertificate.read(request.cert(), request.clientAddr());
        AccessUrl accessUrl = accessUrls.verify(request.accessUrl(), sessionName);
        storeCertificate.store(accessUrl, certificate);
        return Map.of();
    }
}
