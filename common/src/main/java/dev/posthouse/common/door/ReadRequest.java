package dev.posthouse.common.door;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose body has been read to its end, sent through the router once more, for one of two
 * reasons. The framework pauses every request before it looks whether there is a body already, and
 * HTTP/2 knows no pause after the end: this one does not mind. And the resource may stand under
 * another path than the door.
 */
final class ReadRequest extends HttpServerRequestWrapper {

    private final Optional<String> inside;

    private ReadRequest(HttpServerRequestInternal request, Optional<String> inside) {
        super(request);
        this.inside = inside;
    }

    /**
     * What the doors knew when the body had been read.
     *
     * @param door through which it goes
     * @param data what has been attached to the request
     * @param body all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Entry(Door door, Map<String, Object> data, byte[] body) {

        /** Sends the request through the router again. */
        void again(RoutingContext routing) {
            HttpServerRequestInternal request = (HttpServerRequestInternal) routing.request();
            request.context().putLocal(Entry.class, this);
            ((RoutingContextInternal) routing)
                    .currentRouter()
                    .handle(new ReadRequest(request, door.inside()));
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
    public String path() {
        return inside.orElseGet(super::path);
    }

    @Override
    public String uri() {
        return inside.orElseGet(super::uri);
    }

    @Override
    public String query() {
        return inside.isPresent() ? null : super.query();
    }

    @Override
    public String absoluteURI() {
        return inside.map(path -> scheme() + "://" + authority() + path)
                .orElseGet(super::absoluteURI);
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
