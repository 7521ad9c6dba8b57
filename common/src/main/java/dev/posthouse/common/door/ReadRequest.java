package dev.posthouse.common.door;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.Optional;

/**
 * A request whose body has been read to its end. The framework pauses every request before it looks
 * whether there is a body already, and HTTP/2 knows no pause after the end: so the request is sent
 * through the router once more, as one that does not mind.
 */
final class ReadRequest extends HttpServerRequestWrapper {

    private ReadRequest(HttpServerRequestInternal request) {
        super(request);
    }

    /**
     * What the doors knew when the body had been read.
     *
     * @param door through which it goes
     * @param caller who sent it
     * @param body all of it
     */
    record Entry(Door door, Caller caller, Buffer body) {

        /** Sends the request through the router again. */
        void again(RoutingContext routing) {
            HttpServerRequestInternal request = (HttpServerRequestInternal) routing.request();
            request.context().putLocal(Entry.class, this);
            ((RoutingContextInternal) routing).currentRouter().handle(new ReadRequest(request));
        }

        /** What is known of a request that comes through again. */
        static Optional<Entry> of(RoutingContext routing) {
            Context context = ((HttpServerRequestInternal) routing.request()).context();
            Optional<Entry> entry = Optional.ofNullable(context.getLocal(Entry.class));
            entry.ifPresent(known -> context.removeLocal(Entry.class));
            return entry;
        }
    }

    @Override
    public HttpServerRequest pause() {
        return this;
    }

    @Override
    public HttpServerRequest resume() {
        return this;
    }

    @Override
    public HttpServerRequest fetch(long amount) {
        return this;
    }
}
