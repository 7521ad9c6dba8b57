package dev.posthouse.relay.outbound;

import dev.posthouse.relay.RelayException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** An operator hands in a parcel for another Internet node (PoHTTP, section 7). */
@Path("/admin/parcels")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("operator")
final class OperatorParcelResource {

    private static final Set<String> TYPES =
            Set.of("application/vnd.awala.parcel", "application/vnd.relaynet.parcel");

    private final OutboundParcels parcels;
    private final AcceptOutbound acceptOutbound;

    OperatorParcelResource(OutboundParcels parcels, AcceptOutbound acceptOutbound) {
        this.parcels = parcels;
        this.acceptOutbound = acceptOutbound;
    }

    /**
     * What the operator is told.
     *
     * @param id what the parcel is called in events and lists
     */
    record AcceptedParcel(String id) {}

    @POST
    public Response post(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding,
            byte[] body) {
        if (encoding != null || !TYPES.contains(essence(type))) {
            throw RelayException.unsupported("body.type", "The body is not said to be a parcel.");
        }
        String id = acceptOutbound.accept(parcels.read(body), Optional.empty());
        return Response.accepted(new AcceptedParcel(id)).build();
    }

    /** The type without its parameters. */
    private static String essence(String type) {
        return type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }
}
