package dev.posthouse.proxy.ca;

import dev.posthouse.common.wire.CaCsrRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The CA's doors that a proxy uses. */
@RegisterRestClient(configKey = "ca")
interface CaRestClient {

    @POST
    @Path("/csr")
    @Consumes("application/json")
    @Produces("application/json")
    Response csr(CaCsrRequest request);

    @GET
    @Path("/state")
    @Produces("application/json")
    Response state();
}
