package dev.posthouse.common.door;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** The body that a door has read, for the resource behind it. */
public final class ReadBody {

    private static final String KEY = "dev.posthouse.common.door.ReadBody";
    private static final byte[] NONE = {};

    private ReadBody() {}

    /**
     * All of it, not copied: a framework that hands a long one to a resource copies it twice.
     *
     * @return nothing where there was no body; not to be changed
     */
    public static byte[] octets(RoutingContext request) {
        byte[] octets = request.get(KEY);
        return octets == null ? NONE : octets;
    }

    /** The framework finds it there instead of reading the connection. */
    static void put(RoutingContext request, byte[] octets) {
        request.put(KEY, octets);
        ((RoutingContextInternal) request)
                .setBody(BufferImpl.buffer(Unpooled.wrappedBuffer(octets)));
    }
}
