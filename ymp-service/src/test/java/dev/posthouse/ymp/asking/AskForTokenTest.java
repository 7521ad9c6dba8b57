package dev.posthouse.ymp.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.LogWatch;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.FakePeer;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.host.CallPrevented;
import dev.posthouse.ymp.host.HostInformations;
import dev.posthouse.ymp.peer.Peers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** We ask a host for a token (YMP, sections 3.1 and 4). */
@QuarkusTest
class AskForTokenTest {

    @Inject AskForToken askForToken;
    @Inject HostInformations informations;
    @Inject HeldTokens tokens;
    @Inject Peers peers;
    @Inject Clock clock;

    private FakePeer peer;
    private HostName host;

    @BeforeEach
    void start() {
        peer = new FakePeer("gail");
        host = HostName.parse(peer.host());
        informations.forget(host);
        TestDatabase.change("delete from peer where host = ?", host.text());
        QuarkusTransaction.requiringNew().run(() -> peers.mayAsk(host, clock.instant()));
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void asksWithAStateOfItsOwnAndAwaitsTheGrant() {
        Asked asked = askForToken.ask(host, () -> {});

        FakePeer.Asked request = peer.next("/request");
        JsonPath body = JsonPath.from(request.body());
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers()).containsEntry("content-type", "application/json");
        assertThat(body.getMap("")).containsOnlyKeys("host", "state");
        assertThat(body.getString("host")).isEqualTo(YmpUnderTest.HOST);
        assertThat(body.getString("state")).matches("[A-Za-z0-9_-]{43}");
        assertThat(((Asked.Awaiting) asked).until())
                .isCloseTo(clock.instant().plusSeconds(2), within(1, ChronoUnit.SECONDS));
        assertThat(column("awaiting_until > now()")).isEqualTo("t");
    }

    @Test
    void storesTheStateAsAHashForAMinuteBeforeTheRequestLeaves() {
        CompletableFuture<String> stored = new CompletableFuture<>();
        peer.answer(
                "/request",
                (request, body) -> {
                    String state = JsonPath.from(body.toString()).getString("state");
                    aside(() -> {
                        stored.complete(
                                TestDatabase.ask(
                                        "select host || extract(epoch from expires - created)::int"
                                                + " || used from pending_state where state_hash = ?",
                                        (Object) new State(state).hash()));
                        request.response().setStatusCode(204).end();
                    });
                });

        askForToken.ask(host, () -> {});

        assertThat(stored.join()).isEqualTo(host.text() + "60false");
    }

    @Test
    void writesTheStateNowhere() {
        String state;
        try (LogWatch log = new LogWatch()) {
            askForToken.ask(host, () -> {});
            state = JsonPath.from(peer.next("/request").body()).getString("state");
            assertThat(log.text()).doesNotContain(state);
        }
        assertThat(
                        TestDatabase.ask(
                                "select count(*) from pending_state where"
                                        + " position(convert_to(?, 'UTF8') in state_hash) > 0",
                                state))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 301, 307, 308, 400, 404, 429, 500, 503})
    void awaitsNothingAfterAnyOtherAnswer(int status) {
        peer.answer(
                "/request",
                (request, body) ->
                        request.response()
                                .setStatusCode(status)
                                .putHeader("Location", "https://" + peer.host() + "/elsewhere")
                                .end());

        assertThat(askForToken.ask(host, () -> {})).isEqualTo(new Asked.Failed("request.status"));
        assertThat(column("awaiting_until is null")).isEqualTo("t");
        assertThat(peer.others("/elsewhere")).isEmpty();
    }

    @Test
    void asksWhatTheHostIsAnewWhenItsDoorHasMoved() {
        peer.answer("/request", 404, "");
        askForToken.ask(host, () -> {});
        peer.next("/.well-known/ymp");

        askForToken.ask(host, () -> {});

        assertThat(peer.others("/.well-known/ymp")).hasSize(1);
    }

    @Test
    void failsWhenTheHostSaysNothingOfItself() {
        peer.answer("/.well-known/ymp", 500, "");

        assertThat(askForToken.ask(host, () -> {}))
                .isEqualTo(new Asked.Failed("information.status"));
        assertThat(peer.others("/request")).isEmpty();
        assertThat(column("awaiting_until is null")).isEqualTo("t");
    }

    @Test
    void failsWhenTheHostIsAway() {
        askForToken.ask(host, () -> {});
        peer.close();

        assertThat(askForToken.ask(host, () -> {})).isInstanceOf(Asked.Failed.class);
        assertThat(column("awaiting_until is null")).isEqualTo("t");
        peer = new FakePeer("gail");
    }

    @Test
    void failsForAHostThatIsNotCalled() {
        assertThat(askForToken.ask(HostName.parse("169.254.169.254"), () -> {}))
                .isEqualTo(new Asked.Failed("host.unlisted"));
    }

    /** The host may be somebody else's by the time it has said where its door is. */
    @Test
    void leavesTheTurnToOthersWhenItIsPreventedFromAsking() {
        keepTheSenderAway();
        TestDatabase.change("delete from pending_state where host = ?", host.text());
        AtomicInteger calls = new AtomicInteger();
        Runnable step =
                () -> {
                    if (calls.incrementAndGet() == 2) {
                        throw new Prevented();
                    }
                };

        assertThatThrownBy(() -> askForToken.ask(host, step)).isInstanceOf(Prevented.class);

        assertThat(peer.next("/.well-known/ymp").method()).isEqualTo("GET");
        assertThat(peer.others("/request")).isEmpty();
        assertThat(column("awaiting_until is null and due_at <= now()")).isEqualTo("t");
        assertThat(
                        TestDatabase.ask(
                                "select count(*) from pending_state where host = ?", host.text()))
                .isEqualTo("0");
    }

    private static final class Prevented extends CallPrevented {

        private static final long serialVersionUID = 1L;

        Prevented() {
            super("the test");
        }
    }

    private void keepTheSenderAway() {
        TestDatabase.change(
                "update peer set lease_until = now() + interval '1 hour' where host = ?",
                host.text());
    }

    @Test
    void awaitsNothingWhenTheGrantIsHereBeforeTheAnswer() {
        keepTheSenderAway();
        peer.answer(
                "/request",
                (request, body) -> {
                    String state = JsonPath.from(body.toString()).getString("state");
                    aside(() -> {
                        new TestGrant(peer.host(), state).sent().then().statusCode(204);
                        request.response().setStatusCode(204).end();
                    });
                });

        assertThat(askForToken.ask(host, () -> {})).isInstanceOf(Asked.Awaiting.class);

        assertThat(column("awaiting_until is null and due_at <= now()")).isEqualTo("t");
        assertThat(tokens.usable(host, clock.instant())).isPresent();
    }

    private String column(String expression) {
        return TestDatabase.ask("select " + expression + " from peer where host = ?", host.text());
    }

    /** The fake host's event loop must not block. */
    private static void aside(Runnable steps) {
        Thread.ofVirtual().start(steps);
    }
}
