package dev.posthouse.relay.collection;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * WebSockets are never compressed: what is encrypted cannot be, and a short frame of a stranger
 * could become a long one here.
 */
@Singleton
public final class PlainFrames implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        apply(options);
    }

    static HttpServerOptions apply(HttpServerOptions options) {
        return options.setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }
}
