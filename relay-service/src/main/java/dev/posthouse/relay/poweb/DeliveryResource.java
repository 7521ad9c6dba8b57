package dev.posthouse.relay.poweb;

import dev.posthouse.common.door.OctetsInFlight;
import dev.posthouse.common.door.ReadBody;
import dev.posthouse.relay.parcel.InTime;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** A private gateway delivers a parcel (PoHTTP, section 11.1): {@code /parcels}. */
@Path("/poweb/parcels")
@RunOnVirtualThread
@PermitAll
final class DeliveryResource {

    private final DeliverParcel deliverParcel;

    DeliveryResource(DeliverParcel deliverParcel) {
        this.deliverParcel = deliverParcel;
    }

    @POST
    public Response post(@Context HttpHeaders headers, @Context RoutingContext request) {
        List<String> authorization =
                Optional.ofNullable(headers.getRequestHeader(HttpHeaders.AUTHORIZATION))
                        .orElse(List.of());
        InTime.run(() ->
                OctetsInFlight.during(
                        request,
                        () -> {
                            deliverParcel.deliver(authorization, ReadBody.octets(request));
                            return true;
                        }));
        return Response.accepted().build();
    }
}
