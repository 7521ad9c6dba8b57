package dev.posthouse.relay.collection;

import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Refusals;
import dev.posthouse.common.door.Worded;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.collection.Conversation.Manner;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelFuture;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where private gateways collect, by WebSocket (PoHTTP, section 11.1). */
@Singleton
final class CollectionDoors {

    private static final String PATH = "/v1/parcel-collection";

    /** After the doors, before the resources. */
    private static final int BEFORE_RESOURCES = -1;

    private static final int FIRST = 1;

    private final Backstage backstage;
    private final int inFlight;
    private final Clock clock;
    private final Refusals refusals;

    CollectionDoors(Backstage backstage, RelayConfig settings, Clock clock, MeterRegistry metrics) {
        this.backstage = backstage;
        this.inFlight = settings.poweb().inFlight();
        this.clock = clock;
        this.refusals = new Refusals(metrics);
    }

    void open(@Observes Router router) {
        router.route(PATH).order(BEFORE_RESOURCES).handler(this::enter);
    }

    private void enter(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!isUpgrade(request)) {
            refuse(routing);
            return;
        }
        boolean browser = request.headers().contains(HttpHeaders.ORIGIN);
        Manner manner = new Manner(inFlight, isUntilComplete(request));
        HttpConnection connection = request.connection();
        request.toWebSocket()
                .onSuccess(socket -> {
                    if (browser) {
                        UpgradedRequest.release(request);
                        socket.close(Ending.ORIGIN.code(), Ending.ORIGIN.reason());
                    } else {
                        begin(
                                socket,
                                new Connection.Beneath(
                                        () -> cut(connection),
                                        () -> UpgradedRequest.release(request)),
                                manner);
                    }
                });
    }

    private void refuse(RoutingContext routing) {
        Refusal refusal = Refusal.of(426, "websocket", "This path takes WebSockets only.");
        refusals.count(refusal);
        Worded worded = Worded.of(routing, refusal);
        if (routing.request().version() != HttpVersion.HTTP_2) {
            routing.response().putHeader(HttpHeaders.UPGRADE, "websocket");
        }
        routing.response()
                .setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, worded.mediaType())
                .end(worded.body());
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && request.headers().contains(HttpHeaders.UPGRADE, "websocket", true);
    }

    /** RS-016's spelling of the header, and that of those who speak it. */
    private static boolean isUntilComplete(HttpServerRequest request) {
        return Stream.of("X-Relaynet-Streaming-Mode", "X-Awala-Streaming-Mode")
                .anyMatch(name -> request.headers().contains(name, "close-upon-completion", true));
    }

    private void begin(ServerWebSocket socket, Connection.Beneath beneath, Manner manner) {
        Challenge challenge = Challenge.random();
        new Connection(
                        socket,
                        beneath,
                        backstage,
                        challenge,
                        new Conversation(challenge, manner, clock))
                .begin();
    }

    /** Without the farewell for which a WebSocket waits, and so would its channel. */
    private static void cut(HttpConnection connection) {
        ChannelFuture _ = ((ConnectionBase) connection).channelHandlerContext().close();
    }

    /** When the doors close, so does this one; until then clients would come back here. */
    void leave(
            @Observes ShutdownDelayInitiatedEvent ending,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        vertx.setTimer(
                Math.max(1, delay.orElse(Duration.ZERO).toMillis()),
                over -> backstage.connections().sendAway());
    }

    /** Before the plain door closes: it would say 1000 to all. */
    void leave(@Observes @Priority(FIRST) ShutdownEvent stopping) {
        backstage.connections().leave();
    }
}
