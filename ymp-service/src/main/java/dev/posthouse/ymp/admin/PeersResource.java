package dev.posthouse.ymp.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.posthouse.ymp.asking.HeldTokens;
import dev.posthouse.ymp.granting.GrantedTokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.util.List;

/** An operator looks after other hosts (YMP, section 9). */
@Path("/admin/peers")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("operator")
final class PeersResource {

    private final KnownPeers peers;
    private final BlockPeer blockPeer;
    private final GrantedTokens granted;
    private final HeldTokens held;
    private final Clock clock;

    PeersResource(
            KnownPeers peers,
            BlockPeer blockPeer,
            GrantedTokens granted,
            HeldTokens held,
            Clock clock) {
        this.peers = peers;
        this.blockPeer = blockPeer;
        this.granted = granted;
        this.held = held;
        this.clock = clock;
    }

    /**
     * A page of hosts.
     *
     * @param peers by their names
     * @param next what to ask for after, if there may be more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PeerList(List<KnownPeer> peers, String next) {}

    @GET
    public PeerList list(
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("max") @DefaultValue("100") String max) {
        int most = Page.size(max);
        String last = Page.after(after);
        List<KnownPeer> page =
                QuarkusTransaction.requiringNew()
                        .call(() -> peers.list(last, most, clock.instant()));
        return new PeerList(page, page.size() == most ? page.getLast().host() : null);
    }

    @POST
    @Path("/{host}/block")
    public void block(@PathParam("host") String host) {
        blockPeer.block(Page.host(host));
    }

    @POST
    @Path("/{host}/unblock")
    public void unblock(@PathParam("host") String host) {
        blockPeer.unblock(Page.host(host));
    }

    @POST
    @Path("/{host}/revoke")
    public void revoke(@PathParam("host") String host) {
        QuarkusTransaction.requiringNew().call(() -> granted.revokeAll(Page.host(host)));
    }

    @POST
    @Path("/{host}/drop-token")
    public void dropToken(@PathParam("host") String host) {
        held.drop(Page.host(host));
    }
}
