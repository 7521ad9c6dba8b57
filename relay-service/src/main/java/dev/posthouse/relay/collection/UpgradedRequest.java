package dev.posthouse.relay.collection;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper.QuarkusCookie;
import io.vertx.core.http.HttpServerRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A request that has become a WebSocket. Quarkus counts it among those under way, for which a stop
 * waits before it closes the server; and is never told of its end, so each stop would wait for it
 * in vain, for as long as it waits for any. No other way leads to that count than the one it goes
 * itself.
 */
final class UpgradedRequest {

    private static final MethodHandle DONE = done();

    private UpgradedRequest() {}

    private static MethodHandle done() {
        try {
            return MethodHandles.privateLookupIn(
                            QuarkusRequestWrapper.class, MethodHandles.lookup())
                    .findVirtual(
                            QuarkusRequestWrapper.class, "done", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException another) {
            throw new IllegalStateException(another);
        }
    }

    /** The WebSocket is no more: a stop need not wait for it. */
    static void release(HttpServerRequest request) {
        if (request.getCookie(QuarkusRequestWrapper.FAKE_COOKIE_NAME)
                instanceof QuarkusCookie counted) {
            try {
                DONE.invokeExact(counted.getRequestWrapper());
            } catch (Throwable failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
