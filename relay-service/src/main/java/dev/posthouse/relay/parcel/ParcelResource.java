package dev.posthouse.relay.parcel;

import dev.posthouse.common.door.OctetsInFlight;
import dev.posthouse.common.door.ReadBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Another node delivers a parcel (RS-007; PoHTTP, section 8). */
@Path("/pohttp/parcels")
@RunOnVirtualThread
@PermitAll
final class ParcelResource {

    private final AcceptParcel acceptParcel;

    ParcelResource(AcceptParcel acceptParcel) {
        this.acceptParcel = acceptParcel;
    }

    @POST
    public Response post(@Context HttpHeaders headers, @Context RoutingContext request) {
        Optional<String> sentBy = SentBy.read(headers::getHeaderString);
        InTime.run(() ->
                OctetsInFlight.during(
                        request,
                        () -> {
                            acceptParcel.accept(ReadBody.octets(request), sentBy);
                            return true;
                        }));
        return Response.accepted().build();
    }

    /** For people and load balancers. */
    @GET
    @Produces("text/plain")
    public String get() {
        return "This is an Internet gateway. POST parcels here.\n";
    }
}
