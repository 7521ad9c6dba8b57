package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.call.CallLimits;
import dev.posthouse.common.call.CallTls;
import dev.posthouse.common.call.RedirectingClient;
import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.common.guard.Resolver;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.TestSettings;
import dev.posthouse.relay.outbound.Waiting;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.TestPki;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, sections 9 and 16: every reaction of the outgoing client, to real servers. */
final class PohttpClientTest {

    private static final byte[] OCTETS = {0, 1, -1, 13, 10};
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    /** What a peer may send over HTTP/2 before any of it has been read. */
    private static final int WINDOW = 65_535;

    private final Vertx vertx = Vertx.vertx();
    private final List<ScriptedPeer> peers = new ArrayList<>();
    private final StrangerClient calls =
            new StrangerClient(
                    vertx,
                    CallTls.trusting(List.of(TestPki.shared().certificate())),
                    CallLimits.pohttp(ATTEMPT));

    @AfterEach
    void close() {
        calls.close();
        peers.forEach(ScriptedPeer::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private ScriptedPeer up(ScriptedPeer peer) {
        peers.add(peer);
        return peer;
    }

    private ScriptedPeer peer() {
        return up(ScriptedPeer.anywhere());
    }

    private Outcome send(String address, String... listed) {
        return send(address, Map.of("relay.allow-private", String.join(",", listed)), CLOCK);
    }

    private Outcome send(ScriptedPeer peer) {
        return send(peer.address(), "localhost:" + peer.port());
    }

    private Outcome send(String address, Map<String, String> settings, Clock clock) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("relay.delivery.attempt-timeout", ATTEMPT.toString());
        RelayConfig config = TestSettings.with(all);
        Targets targets = new Targets(config, Resolver.system());
        return send(targets, targets.of(address), true, address, clock, config);
    }

    private Outcome send(
            Targets targets,
            String peer,
            boolean sound,
            String address,
            Clock clock,
            RelayConfig config) {
        return client(targets, clock, config)
                .send(peer, sound, waiting(address, clock.instant().plusSeconds(60)), OCTETS);
    }

    private PohttpClient client(Targets targets, Clock clock, RelayConfig config) {
        return new PohttpClient(
                targets, new RedirectingClient(calls, targets.strangers()), clock, config);
    }

    private static Waiting waiting(String address, Instant expires) {
        return new Waiting(
                new Waiting.Version(1, 0),
                address,
                "application/vnd.awala.parcel",
                OCTETS.length,
                0,
                null,
                CLOCK.instant(),
                expires);
    }

    private static void isLater(Outcome outcome, String code) {
        assertThat(outcome).isEqualTo(new Outcome.Later(code, Duration.ZERO, false));
    }

    @Test
    void sendsTheOctetsAsTheyAre() {
        ScriptedPeer peer = peer();

        assertThat(send(peer.address() + "/in?x=1", "localhost:" + peer.port()))
                .isEqualTo(new Outcome.Taken("2xx"));

        ScriptedPeer.Sent sent = peer.sent().getFirst();
        assertThat(sent.octets()).isEqualTo(OCTETS);
        assertThat(sent.path()).isEqualTo("/in?x=1");
        assertThat(sent.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(sent.headers())
                .containsEntry("content-type", "application/vnd.awala.parcel")
                .containsEntry("accept", "application/json")
                .containsEntry("x-relaynet-gateway", "rng+http://gateway.example.net")
                .doesNotContainKeys("cookie", "authorization");
    }

    @Test
    void speaksHttp11WhereThereIsNoOther() {
        ScriptedPeer peer = up(ScriptedPeer.old());
        peer.answers(202, "Set-Cookie", "a=b");

        send(peer);
        send(peer);

        assertThat(peer.sent())
                .allMatch(sent -> sent.version() == HttpVersion.HTTP_1_1)
                .allMatch(sent -> !sent.headers().containsKey("cookie"));
        assertThat(peer.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void takesAnySuccessForADelivery(int status) {
        ScriptedPeer peer = peer();
        peer.answers(status);

        assertThat(send(peer)).isInstanceOf(Outcome.Taken.class);
    }

    @Test
    void takesASuccessWhoseBodyNeverEndsForADelivery() {
        ScriptedPeer peer = peer();
        peer.does((request, sent) ->
                request.response().setStatusCode(202).setChunked(true).write("half"));

        assertThat(send(peer)).isEqualTo(new Outcome.Taken("2xx"));
        assertThat(peer.sent()).hasSize(1);
    }

    @Test
    void takesASuccessWhoseBodyBreaksOffForADelivery() {
        ScriptedPeer peer = up(ScriptedPeer.old());
        peer.does((request, sent) ->
                request.response()
                        .setStatusCode(200)
                        .putHeader("Content-Length", "10")
                        .write("half")
                        .onComplete(written -> request.connection().close()));

        assertThat(send(peer)).isEqualTo(new Outcome.Taken("2xx"));
    }

    @Test
    void comesAgainAtAFailureWhoseBodyNeverEnds() {
        ScriptedPeer peer = peer();
        peer.does((request, sent) ->
                request.response().setStatusCode(500).setChunked(true).write("half"));

        isLater(send(peer), "call.timeout");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 413, 414, 415, 418, 422, 451, 499
            })
    void givesUpAtAnyOtherRefusal(int status) {
        ScriptedPeer peer = peer();
        peer.answers(status, "Retry-After", "1");

        assertThat(send(peer)).isInstanceOf(Outcome.Refused.class);
        assertThat(peer.sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 421, 425, 429, 500, 501, 502, 503, 504, 507, 599})
    void comesAgainAtAnythingThatPasses(int status) {
        ScriptedPeer peer = peer();
        peer.answers(status);

        assertThat(send(peer))
                .isInstanceOfSatisfying(
                        Outcome.Later.class,
                        later -> {
                            assertThat(later.after()).isZero();
                            assertThat(later.wholePeer()).isFalse();
                        });
        assertThat(peer.sent()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"429, true", "503, true", "408, false", "500, false", "507, false"})
    void heedsRetryAfterInSeconds(int status, boolean wholePeer) {
        ScriptedPeer peer = peer();
        peer.answers(status, "Retry-After", "120");

        assertThat(send(peer))
                .isEqualTo(
                        new Outcome.Later(
                                Integer.toString(status), Duration.ofMinutes(2), wholePeer));
    }

    @Test
    void heedsRetryAfterAsADate() {
        ScriptedPeer peer = peer();
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        peer.answers(
                503,
                "Retry-After",
                now.plusSeconds(90).format(DateTimeFormatter.RFC_1123_DATE_TIME));

        assertThat(send(peer))
                .isInstanceOfSatisfying(
                        Outcome.Later.class,
                        later ->
                                assertThat(later.after())
                                        .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90)));
    }

    /** The service's clock may stand elsewhere than the peer's. */
    @Test
    void countsADateFromThePeersClock() {
        ScriptedPeer peer = peer();
        peer.does((request, sent) ->
                request.response()
                        .setStatusCode(503)
                        .putHeader("Date", "Fri, 14 Jul 2017 02:40:00 GMT")
                        .putHeader("Retry-After", "Fri, 14 Jul 2017 02:41:00 GMT")
                        .end());

        assertThat(send(peer)).isEqualTo(new Outcome.Later("503", Duration.ofMinutes(1), true));
    }

    @Test
    void waitsNoLongerThanADay() {
        ScriptedPeer peer = peer();
        peer.answers(503, "Retry-After", "99999999");

        assertThat(send(peer)).isEqualTo(new Outcome.Later("503", Duration.ofDays(1), true));
    }

    @ParameterizedTest
    @CsvSource({"0, 2xx", "1, 2xx", "2, 2xx", "3, 2xx", "4, call.redirect"})
    void followsThreeRedirects(int many, String code) {
        ScriptedPeer peer = peer();
        peer.does((request, sent) -> {
            if (sent.number() <= many) {
                request.response().putHeader("Location", "/" + sent.number()).setStatusCode(307);
            } else {
                request.response().setStatusCode(202);
            }
            request.response().end();
        });

        assertThat(send(peer).code()).isEqualTo(code);
        assertThat(peer.sent()).hasSize(Math.min(many + 1, 4));
        assertThat(peer.sent())
                .allSatisfy(sent -> {
                    assertThat(sent.octets()).isEqualTo(OCTETS);
                    assertThat(sent.headers()).containsKey("x-relaynet-gateway");
                });
    }

    @ParameterizedTest
    @CsvSource({"301, 3xx", "302, 3xx", "303, 3xx", "307, call.redirect", "308, call.redirect"})
    void comesAgainAtARedirectToNowhere(int status, String code) {
        ScriptedPeer peer = peer();

        peer.answers(status);
        isLater(send(peer), code);
        peer.answers(status, "Location", peer.address() + "/again");
        isLater(send(peer), code);
    }

    @Test
    void comesAgainAtARedirectToWhatIsNotListed() {
        ScriptedPeer peer = peer();
        ScriptedPeer other = peer();

        for (String location :
                List.of(
                        other.address(),
                        "https://127.0.0.1:" + other.port() + "/",
                        "http://localhost:" + other.port() + "/",
                        "http://peer.example/")) {
            peer.answers(308, "Location", location);
            assertThat(send(peer)).isInstanceOf(Outcome.Later.class);
        }
        assertThat(other.connections()).isZero();
    }

    @Test
    void followsARedirectToPlainHttpOnThisMachine() {
        ScriptedPeer peer = peer();
        ScriptedPeer plain = up(ScriptedPeer.plain());
        peer.answers(307, "Location", "http://localhost:" + plain.port() + "/in");

        assertThat(send(peer.address(), "localhost:" + peer.port(), "localhost:" + plain.port()))
                .isInstanceOf(Outcome.Taken.class);
        assertThat(plain.sent().getFirst().path()).isEqualTo("/in");
    }

    @Test
    void speaksPlainHttpWithAHostOnThisMachineThatKnowsNoOther() {
        ScriptedPeer plain = up(ScriptedPeer.plain());

        assertThat(send(plain)).isInstanceOf(Outcome.Taken.class);
        assertThat(send("rng+http://localhost:" + plain.port(), "localhost:" + plain.port()))
                .isInstanceOf(Outcome.Taken.class);
        assertThat(plain.sent()).hasSize(2);
    }

    @Test
    void takesABadCertificateForAFailure() {
        isLater(send(up(ScriptedPeer.posing())), "call.certificate");
    }

    @Test
    void comesAgainWhereNobodyListens() {
        int port = Loopback.freePort();

        isLater(send("https://localhost:" + port, "localhost:" + port), "call.connect");
    }

    @Test
    void comesAgainWhereNobodyAnswers() {
        ScriptedPeer peer = peer();
        peer.does((request, sent) -> {
            // Never.
        });
        long begun = System.nanoTime();

        isLater(send(peer), "call.timeout");

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(ATTEMPT.minusMillis(100), ATTEMPT.plusSeconds(2));
    }

    @Test
    void sendsNoLongerThanTheParcelLives() {
        ScriptedPeer peer = peer();
        peer.does((request, sent) -> {
            // Never.
        });
        send(peer());
        Targets targets =
                new Targets(
                        TestSettings.with(
                                Map.of("relay.allow-private", "localhost:" + peer.port())),
                        Resolver.system());

        long begun = System.nanoTime();

        new PohttpClient(
                        targets,
                        new RedirectingClient(calls, targets.strangers()),
                        CLOCK,
                        TestSettings.with(Map.of()))
                .send(
                        targets.of(peer.address()),
                        true,
                        waiting(peer.address(), CLOCK.instant().plusMillis(800)),
                        OCTETS);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void comesAgainWhenTheConnectionIsCut() {
        ScriptedPeer peer = peer();
        peer.does((request, sent) -> request.connection().close());

        isLater(send(peer), "call.broken");
    }

    @ParameterizedTest
    @CsvSource({"500, true", "403, false", "202, false"})
    void readsNoMoreOfFiftyMegabytesThanItWants(int status, boolean later) {
        ScriptedPeer peer = peer();
        AtomicLong poured = new AtomicLong();
        peer.does((request, sent) -> {
            request.response().setStatusCode(status).setChunked(true);
            pour(request, poured);
        });

        Outcome outcome = send(peer);

        assertThat(outcome instanceof Outcome.Later).isEqualTo(later);
        assertThat(poured).hasValueLessThan(10_000_000);
    }

    private static void pour(HttpServerRequest request, AtomicLong poured) {
        if (poured.get() < 50_000_000 && !request.response().closed()) {
            byte[] some = new byte[8_192];
            request.response()
                    .write(Buffer.buffer(some))
                    .onSuccess(ok -> {
                        poured.addAndGet(some.length);
                        pour(request, poured);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rng://peer.example, address.unresolvable",
        "http://peer.example, address.unresolvable",
        "localhost, host.unlisted",
        "https://127.0.0.1:8443/, host.unlisted"
    })
    void givesUpWhatLeadsNowhere(String address, String code) {
        assertThat(send(address)).isEqualTo(new Outcome.Unsendable(code));
    }

    @Test
    void goesByAStaticRoute() {
        ScriptedPeer peer = peer();

        assertThat(
                        send(
                                "peer.example",
                                Map.of("relay.routes.\"peer.example\"", peer.address() + "/in"),
                                CLOCK))
                .isInstanceOf(Outcome.Taken.class);
        assertThat(peer.sent().getFirst().path()).isEqualTo("/in");
    }

    /** A setting has changed since it came; or a replica that has another one took it in. */
    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void sendsNothingThatIsAnotherPeersByNowUnlessItCameSinceWeDid(int before) {
        ScriptedPeer peer = peer();
        RelayConfig config =
                TestSettings.with(Map.of("relay.routes.\"peer.example\"", peer.address() + "/in"));
        Targets targets = new Targets(config, Resolver.system());
        Clock start = Clock.offset(CLOCK, Duration.ofSeconds(before));
        Waiting parcel = waiting("peer.example", start.instant().plusSeconds(60));

        Outcome outcome = client(targets, start, config).send("peer.example", true, parcel, OCTETS);

        assertThat(outcome)
                .isEqualTo(
                        before > 0
                                ? new Outcome.Elsewhere("route: localhost:" + peer.port() + "/in")
                                : new Outcome.Taken("2xx"));
        assertThat(peer.connections()).isEqualTo(before > 0 ? 0 : 1);
    }

    /** The second is a failure, so that it is asked for more and more rarely. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksNobodyWhereALookupTakesTooLong(boolean sound) {
        RelayConfig config = TestSettings.with(Map.of());
        Semaphore silence = new Semaphore(0);
        Targets targets =
                new Targets(
                        config,
                        name -> {
                            silence.acquireUninterruptibly();
                            return List.of();
                        });

        assertThat(send(targets, "peer.example", sound, "peer.example", CLOCK, config))
                .isEqualTo(
                        sound
                                ? new Outcome.Unasked("host.late")
                                : new Outcome.Later("host.late", Duration.ZERO, false));
        silence.release();
    }

    @Test
    void takesASuccessWhoseBodyWeBreakOffForADelivery() throws Exception {
        ScriptedPeer peer = peer();
        CompletableFuture<Void> read = new CompletableFuture<>();
        peer.does((request, sent) ->
                request.response()
                        .setStatusCode(202)
                        .setChunked(true)
                        .write(Buffer.buffer(new byte[WINDOW + 1]))
                        .onSuccess(ignored -> read.complete(null)));
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> outcome.complete(send(peer)));
        // The last octet leaves once others have been read, and before them the status.
        read.get(10, TimeUnit.SECONDS);

        calls.close();

        assertThat(outcome.join()).isEqualTo(new Outcome.Taken("2xx"));
    }

    @Test
    void letsGoWhenWeEnd() {
        calls.close();

        assertThat(send(peer())).isEqualTo(new Outcome.Stopped());
    }
}
