package dev.posthouse.relay.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.QueryNumber;
import dev.posthouse.relay.RelayException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** An operator looks after private gateways (PoHTTP, section 11.1). */
@Path("/admin/gateways")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("operator")
final class GatewaysResource {

    private final Gateways gateways;

    GatewaysResource(Gateways gateways) {
        this.gateways = gateways;
    }

    /**
     * A page of gateways.
     *
     * @param gateways by their ids
     * @param next what to ask for after, if there may be more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GatewayList(List<KnownGateway> gateways, String next) {}

    @GET
    public GatewayList list(
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("max") @DefaultValue("100") String max) {
        int most = QueryNumber.max(max);
        List<KnownGateway> page = gateways.list(after.isEmpty() ? after : id(after).text(), most);
        return new GatewayList(page, page.size() == most ? page.getLast().id() : null);
    }

    @POST
    @Path("/{id}/revoke")
    public void revoke(@PathParam("id") String id) {
        gateways.revoke(id(id));
    }

    @POST
    @Path("/{id}/readmit")
    public void readmit(@PathParam("id") String id) {
        gateways.readmit(id(id));
    }

    private static NodeId id(String text) {
        try {
            return NodeId.parse(text);
        } catch (IllegalArgumentException noId) {
            throw RelayException.malformed("gateway.id", "This is not a node's id.");
        }
    }
}
