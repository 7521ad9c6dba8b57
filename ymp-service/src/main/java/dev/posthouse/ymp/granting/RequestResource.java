package dev.posthouse.ymp.granting;

import dev.posthouse.common.door.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/**
 * A host asks for a token (YMP, sections 3.1 and 5). The answer is 204, whatever it says and
 * whatever comes of it: so the octets are taken as they came.
 */
@Path("/ymp/request")
@RunOnVirtualThread
@PermitAll
final class RequestResource {

    private final TokenRequests requests;

    RequestResource(TokenRequests requests) {
        this.requests = requests;
    }

    @POST
    public void post(@Context RoutingContext call) {
        Buffer body = call.body().buffer();
        requests.take(Caller.of(call).address(), body == null ? new byte[0] : body.getBytes());
    }
}
