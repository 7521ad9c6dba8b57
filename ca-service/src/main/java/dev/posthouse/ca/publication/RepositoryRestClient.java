package dev.posthouse.ca.publication;

import dev.posthouse.common.wire.CertRequest;
import dev.posthouse.common.wire.RefusalRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The repository's doors for the CA (certificates, sections 2.3 and 8). */
@RegisterRestClient(configKey = "repository")
@Consumes("application/json")
interface RepositoryRestClient {

    @POST
    @Path("/cert")
    Response post(CertRequest request);

    @POST
    @Path("/cert/refusal")
    Response post(RefusalRequest request);
}
