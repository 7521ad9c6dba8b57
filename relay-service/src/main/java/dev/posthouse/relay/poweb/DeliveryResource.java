package dev.posthouse.relay.poweb;

import io.smallrye.common.annotation.RunOnVirtualThread;
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
    public Response post(byte[] parcel, @Context HttpHeaders headers) {
        List<String> authorization =
                Optional.ofNullable(headers.getRequestHeader(HttpHeaders.AUTHORIZATION))
                        .orElse(List.of());
        deliverParcel.deliver(authorization, parcel);
        return Response.accepted().build();
    }
}
