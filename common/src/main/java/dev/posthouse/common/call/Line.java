package dev.posthouse.common.call;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.IpAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connections to one address under one name, with a client of the library to themselves: what
 * was verified for one name never serves another, and closing the client ends whatever the peer
 * keeps open, a handshake that never ends included. (A client for all would also remember every
 * name it ever sent as SNI.)
 */
final class Line {

    /** One more call over HTTP/1.1 waits, within its connect time. */
    static final int MOST_CONNECTIONS = 8;

    private static final int MOST_HEADER_OCTETS = 8192;

    /**
     * Where a line leads.
     *
     * @param name that is verified
     * @param address that is connected to
     * @param plain whether HTTP is spoken without TLS
     */
    record Pin(HostName name, IpAddress address, boolean plain) {

        /** The same without TLS. */
        Pin inPlain() {
            return new Pin(name, address, true);
        }

        /** Whether it leads no further than this machine. */
        boolean isLoopback() {
            return AddressRules.isLoopback(address);
        }
    }

    private final Pin pin;
    private final HttpClient client;

    /** Calls that use it now; {@link Lines} counts them. */
    int calls;

    /** Zero would be somebody else's. */
    long timer = -1;

    Line(Vertx vertx, Pin pin, CallTls tls, CallLimits limits) {
        this.pin = pin;
        this.client =
                vertx.httpClientBuilder()
                        .with(options(pin, tls, limits))
                        .with(
                                new PoolOptions()
                                        .setHttp1MaxSize(MOST_CONNECTIONS)
                                        .setHttp2MaxSize(1))
                        .withConnectHandler(opened -> opened.exceptionHandler(Line::ignore))
                        .build();
    }

    /**
     * Both versions are offered, but 1.1 is what the library is told to expect: expecting 2, it
     * opens one connection for however many calls wait, and queues them all on it if that speaks
     * 1.1.
     */
    private static HttpClientOptions options(Pin pin, CallTls tls, CallLimits limits) {
        int idle = (int) Math.max(1, limits.idle().toSeconds());
        HttpClientOptions options =
                new HttpClientOptions()
                        .setForceSni(!pin.plain() && pin.name().literal().isEmpty())
                        .setUseAlpn(!pin.plain())
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setConnectTimeout(millis(limits.connect()))
                        .setKeepAliveTimeout(idle)
                        .setHttp2KeepAliveTimeout(idle)
                        .setDecompressionSupported(false)
                        .setMaxHeaderSize(MOST_HEADER_OCTETS)
                        .setInitialSettings(
                                new Http2Settings()
                                        .setPushEnabled(false)
                                        .setMaxHeaderListSize(MOST_HEADER_OCTETS))
                        .setTracingPolicy(TracingPolicy.IGNORE);
        options.setSslHandshakeTimeout(millis(limits.connect()))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        if (!pin.plain()) {
            tls.apply(options);
        }
        return options;
    }

    /** The call fails by itself; unheard, the library would log what the peer wrote. */
    private static void ignore(Throwable failure) {}

    private static int millis(Duration time) {
        return Math.toIntExact(time.toMillis());
    }

    Pin pin() {
        return pin;
    }

    /** Connects, unless there is a connection, and is then ready to send. */
    Future<HttpClientRequest> request(Call call) {
        int port = pin.name().port();
        RequestOptions options =
                new RequestOptions()
                        .setServer(SocketAddress.inetSocketAddress(port, pin.address().text()))
                        .setHost(pin.name().host())
                        .setPort(port)
                        .setMethod(HttpMethod.valueOf(call.method().name()))
                        .setURI(call.path())
                        .setFollowRedirects(false);
        call.headers().forEach(options::putHeader);
        try {
            return client.request(options).map(request -> request.exceptionHandler(Line::ignore));
        } catch (IllegalStateException closed) {
            return Future.failedFuture(closed);
        }
    }

    void close() {
        client.close();
    }
}
