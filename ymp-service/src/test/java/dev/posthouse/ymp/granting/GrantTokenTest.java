package dev.posthouse.ymp.granting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TrickyHosts;
import dev.posthouse.ymp.FakePeer;
import dev.posthouse.ymp.MovedClock;
import dev.posthouse.ymp.OurHost;
import dev.posthouse.ymp.TestSettings;
import dev.posthouse.ymp.YmpConfig;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.host.HostInformations;
import dev.posthouse.ymp.host.PeerCalls;
import dev.posthouse.ymp.peer.PeerPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grants to a host that is up, with limits of each test's own. */
@QuarkusTest
class GrantTokenTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATE = "the state \ud83d\ude00";

    @Inject PeerPolicy policy;
    @Inject HostInformations informations;
    @Inject SendGrant sendGrant;
    @Inject TokenHolders holders;
    @Inject GrantedTokens tokens;
    @Inject PeerCalls calls;
    @Inject OurHost us;
    @Inject MovedClock clock;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private FakePeer cleo;

    @BeforeEach
    void open() {
        cleo = new FakePeer("cleo");
        TestDatabase.change("delete from granted_token where host = ?", cleo.host());
    }

    @AfterEach
    void close() {
        cleo.close();
    }

    @Test
    void grantsATokenForAnHour() throws JsonProcessingException {
        assertThat(grant(STATE)).isEqualTo(Fate.GRANTED);

        FakePeer.Asked asked = cleo.next("/grant");
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.headers()).containsEntry("content-type", "application/json");
        JsonNode grant = JSON.readTree(asked.body());
        assertThat(grant.path("host").textValue()).isEqualTo(YmpUnderTest.HOST);
        assertThat(grant.path("state").textValue()).isEqualTo(STATE);
        assertThat(Instant.ofEpochSecond(grant.path("expires").longValue()))
                .isBetween(
                        clock.instant().plus(Duration.ofMinutes(59)),
                        clock.instant().plus(Duration.ofHours(1)).plusSeconds(1));
        assertThat(holds(grant, Duration.ofMinutes(58))).isTrue();
        assertThat(holds(grant, Duration.ofHours(1).plusSeconds(1))).isFalse();
    }

    /** What says when it ends are whole seconds. */
    @Test
    void grantsATokenOfASecondForNoLess() throws JsonProcessingException {
        Instant late = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusMillis(900);
        SendGrant brief =
                new SendGrant(
                        tokens,
                        calls,
                        us,
                        TestSettings.with(Map.of("ymp.token-lifetime", "1s")),
                        Clock.fixed(late, ZoneOffset.UTC));

        brief.send(cleoName(), "/grant", STATE);

        JsonNode grant = JSON.readTree(cleo.next("/grant").body());
        assertThat(Instant.ofEpochSecond(grant.path("expires").longValue()))
                .isBetween(late.plusSeconds(1), late.plusSeconds(2));
    }

    @Test
    void tokenCountsWhileTheHostHasNotYetAnswered() throws Exception {
        BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
        cleo.answer("/grant", (request, body) -> held.add(request));
        Thread granting = Thread.ofVirtual().start(() -> grant(STATE));

        JsonNode grant = JSON.readTree(cleo.next("/grant").body());
        assertThat(holds(grant, Duration.ZERO)).isTrue();

        held.take().response().setStatusCode(204).end();
        granting.join();
        assertThat(holds(grant, Duration.ofMinutes(58))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 205, 301, 302, 303, 307, 308, 400, 401, 404, 408, 500, 501})
    void tokenIsVoidAfterAnyOtherAnswer(int status) throws JsonProcessingException {
        cleo.answer(
                "/grant",
                (request, body) ->
                        request.response()
                                .setStatusCode(status)
                                .putHeader("location", "https://" + cleo.host() + "/elsewhere")
                                .end());

        assertThat(grant(STATE)).isEqualTo(Fate.FAILED);

        assertThat(holds(JSON.readTree(cleo.next("/grant").body()), Duration.ZERO)).isFalse();
        assertThat(cleo.others("/grant")).isEmpty();
        assertThat(cleo.others("/elsewhere")).isEmpty();
    }

    /** The host may have moved its door since it said where that is. */
    @Test
    void looksAgainWhereGrantsGoAfterTheHostKnewNoSuchPath() {
        assertThat(grant(STATE)).isEqualTo(Fate.GRANTED);
        cleo.answer("/grant", 404, "");
        assertThat(grant(STATE)).isEqualTo(Fate.FAILED);
        cleo.answer("/.well-known/ymp", 200, FakePeer.information("/moved"));

        assertThat(grant(STATE)).isEqualTo(Fate.GRANTED);

        assertThat(cleo.next("/moved").body()).contains("state");
        informations.forget(cleoName());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void triesAgainThreeTimesWithOtherTokensAndTheSameState(int status)
            throws JsonProcessingException {
        cleo.answer("/grant", status, "");

        assertThat(grant(STATE)).isEqualTo(Fate.FAILED);

        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            JsonNode grant = JSON.readTree(cleo.next("/grant").body());
            assertThat(grant.path("state").textValue()).isEqualTo(STATE);
            assertThat(holds(grant, Duration.ZERO)).isFalse();
            assertThat(seen.add(grant.path("token").textValue())).isTrue();
        }
        assertThat(cleo.others("/grant")).isEmpty();
    }

    @Test
    void triesOnceMoreAfterSilenceWithAnotherToken() throws JsonProcessingException {
        AtomicInteger calls = new AtomicInteger();
        cleo.answer(
                "/grant",
                (request, body) -> {
                    if (calls.incrementAndGet() > 1) {
                        request.response().setStatusCode(204).end();
                    }
                });

        assertThat(grant(STATE)).isEqualTo(Fate.GRANTED);

        JsonNode first = JSON.readTree(cleo.next("/grant").body());
        JsonNode second = JSON.readTree(cleo.next("/grant").body());
        assertThat(second.path("state")).isEqualTo(first.path("state"));
        assertThat(second.path("token")).isNotEqualTo(first.path("token"));
        assertThat(holds(first, Duration.ZERO)).isFalse();
        assertThat(holds(second, Duration.ZERO)).isTrue();
    }

    @Test
    void triesNoMoreOftenThanTheHostMayBeCalled() {
        cleo.answer("/grant", 503, "");

        assertThat(granting(Map.of("ymp.limits.callbacks-per-host", "2")).grant(cleoName(), STATE))
                .isEqualTo(Fate.FAILED);

        assertThat(cleo.others("/grant")).hasSize(2);
        assertThat(metrics.counter("posthouse.ymp.callbacks", "result", "busy").count())
                .isEqualTo(2);
    }

    @Test
    void leavesAHostAloneThatTakesNoGrants() {
        cleo.answer("/grant", 400, "");
        GrantToken granting = granting(Map.of("ymp.limits.grant-failures", "3"));
        for (int i = 0; i < 3; i++) {
            assertThat(granting.grant(cleoName(), STATE)).isEqualTo(Fate.FAILED);
        }
        cleo.answer("/grant", 204, "");

        assertThat(granting.grant(cleoName(), STATE)).isEqualTo(Fate.PAUSED);
        assertThat(cleo.others("/grant")).hasSize(3);
        clock.during(
                Duration.ofMinutes(11),
                () -> assertThat(granting.grant(cleoName(), STATE)).isEqualTo(Fate.GRANTED));
    }

    @Test
    void fifthTokenTakesThePlaceOfTheFirst() throws JsonProcessingException {
        GrantToken granting = granting(Map.of());
        for (int i = 0; i < 5; i++) {
            assertThat(granting.grant(cleoName(), STATE)).isEqualTo(Fate.GRANTED);
        }

        assertThat(holds(JSON.readTree(cleo.next("/grant").body()), Duration.ZERO)).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(holds(JSON.readTree(cleo.next("/grant").body()), Duration.ZERO)).isTrue();
        }
    }

    @Test
    void callsNoBlockedHostAndNotOurselves() {
        TestDatabase.change(
                "insert into peer (host, blocked) values (?, true) on conflict (host) do update set blocked = true",
                cleo.host());
        try {
            assertThat(grant(STATE)).isEqualTo(Fate.FORBIDDEN);
        } finally {
            TestDatabase.change("update peer set blocked = false where host = ?", cleo.host());
        }
        assertThat(granting(Map.of()).grant(HostName.parse(YmpUnderTest.HOST), STATE))
                .isEqualTo(Fate.FORBIDDEN);
        assertThat(cleo.others("/grant")).isEmpty();
    }

    @Test
    void neverConnectsToHostsThatNameAnAddressOrTheMachine() throws IOException {
        try (ServerSocket trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            GrantToken granting = granting(Map.of());
            TrickyHosts.unlisted()
                    .map(host -> host.replaceFirst("(?<=[^:]):(443|8443)$", ""))
                    .map(host -> HostName.parse(host + ":" + trap.getLocalPort()))
                    .forEach(host ->
                            assertThat(granting.grant(host, STATE))
                                    .as("%s", host)
                                    .isEqualTo(Fate.UNKNOWN));
            assertThat(
                            granting.grant(
                                    HostName.parse("127.0.0.1:" + ServiceResource.port("cleo")),
                                    STATE))
                    .isEqualTo(Fate.UNKNOWN);

            trap.setSoTimeout((int) TimeUnit.SECONDS.toMillis(1));
            assertThatThrownBy(trap::accept).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(cleo.others("/grant")).isEmpty();
    }

    private Fate grant(String state) {
        return granting(Map.of()).grant(cleoName(), state);
    }

    private GrantToken granting(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ymp.backoff.first", "10ms");
        YmpConfig config = TestSettings.with(all);
        return new GrantToken(
                policy,
                informations,
                sendGrant,
                new CallbackLimits(config, clock),
                new Retries(config, clock),
                metrics);
    }

    private HostName cleoName() {
        return HostName.parse(cleo.host());
    }

    private boolean holds(JsonNode grant, Duration later) {
        return holders.find(grant.path("token").textValue(), clock.instant().plus(later))
                .filter(holder -> holder.host().equals(cleoName()))
                .isPresent();
    }
}
