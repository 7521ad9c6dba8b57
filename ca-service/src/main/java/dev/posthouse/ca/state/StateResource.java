package dev.posthouse.ca.state;

import dev.posthouse.common.door.Caller;
import dev.posthouse.common.lead.LeadTime;
import dev.posthouse.common.wire.StateResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;

/**
 * What proxies ask of the CA, their own address as it sees it above all (certificates, section 6).
 */
@Path("/state")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("proxy")
final class StateResource {

    private final LeadTime leadTime;

    StateResource(LeadTime leadTime) {
        this.leadTime = leadTime;
    }

    @GET
    public StateResponse get(@Context RoutingContext request) {
        return new StateResponse(leadTime.seconds(), Caller.of(request).address().text());
    }
}
