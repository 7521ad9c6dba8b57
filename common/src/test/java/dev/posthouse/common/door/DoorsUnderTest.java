package dev.posthouse.common.door;

import dev.posthouse.common.net.Cidr;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDoor;
import dev.posthouse.testing.TestPki;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Doors before a service that answers every call with the body it was given, or with 404. */
final class DoorsUnderTest implements AutoCloseable {

    static final int MOST_OCTETS = 1024;

    /** What a gate may leave for the resource, which tells it. */
    static final String HOLDER = "holder";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<Refusal> refused = new CopyOnWriteArrayList<>();

    private final Doors doors;

    DoorsUnderTest(Supplier<RateLimit> rates) {
        this(new Door.Limit(Caller::address, rates.get()));
    }

    private DoorsUnderTest(Door.Limit limit) {
        this(usual(List.of(limit)), List.of(limit), Duration.ofMillis(300));
    }

    private static List<Door> usual(List<Door.Limit> limits) {
        return List.of(
                Door.post("/echo", MOST_OCTETS, Set.of(), limits),
                Door.post("/internal", MOST_OCTETS, Set.of("ca"), List.of()),
                Door.post("/missing", MOST_OCTETS, Set.of(), limits),
                Door.get("/state", Set.of("proxy", "ca"), List.of()));
    }

    /** These doors alone, without limits. */
    DoorsUnderTest(List<Door> doors) {
        this(doors, List.of(), Duration.ofSeconds(2));
    }

    /** The same, with another time for a body. */
    DoorsUnderTest(List<Door> doors, Duration bodyTimeout) {
        this(doors, List.of(), bodyTimeout);
    }

    private DoorsUnderTest(List<Door> all, List<Door.Limit> elsewhere, Duration bodyTimeout) {
        ObservedAddress observed =
                new ObservedAddress(
                        List.of(Cidr.parse("127.0.0.1")), ObservedAddress.Header.FORWARDED);
        Router router = Router.router(vertx);
        doors =
                new Doors(
                        all,
                        elsewhere,
                        new Doors.Callers(observed, "posthouse.local"),
                        bodyTimeout,
                        refused::add);
        router.route().handler(doors);
        router.route("/missing").handler(request -> request.response().setStatusCode(404).end());
        router.route()
                .handler(request ->
                        request.response()
                                .putHeader("Content-Type", "application/json;charset=UTF-8")
                                .putHeader("X-Seen", Caller.of(request).address().text())
                                .putHeader("X-Uri", request.request().uri())
                                .putHeader("X-Path", request.normalizedPath())
                                .putHeader("X-Absolute", request.request().absoluteURI())
                                .putHeader("X-Holder", String.valueOf(request.<Object>get(HOLDER)))
                                .end(
                                        request.body().buffer() == null
                                                ? Buffer.buffer("{}")
                                                : request.body().buffer()));
        server =
                vertx.createHttpServer(options())
                        .requestHandler(router)
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    private static HttpServerOptions options() {
        Path directory = ServiceResource.directory();
        TestPki.shared().service("repository-service").write(directory, "doors");
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setUseAlpn(true)
                .setClientAuth(ClientAuth.REQUEST)
                .setKeyCertOptions(
                        new PemKeyCertOptions()
                                .addCertPath(directory + "/doors.crt")
                                .addKeyPath(directory + "/doors.key"))
                .setTrustOptions(new PemTrustOptions().addCertPath(directory + "/ca.crt"));
    }

    URI url() {
        return URI.create("https://localhost:" + server.actualPort());
    }

    TestDoor door() {
        return new TestDoor(url());
    }

    Doors doors() {
        return doors;
    }

    List<Refusal> refused() {
        return refused;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
