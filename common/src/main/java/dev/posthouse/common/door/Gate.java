package dev.posthouse.common.door;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Who knows whether a caller may enter, from the head of its request alone. */
@FunctionalInterface
public interface Gate {

    /**
     * Asked on a virtual thread, before the body is read. What it puts into the request's data, the
     * resource finds there.
     *
     * @return why not
     */
    Optional<Refusal> refuse(RoutingContext request);
}
