package dev.posthouse.ymp.sending;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.host.HostInformations;
import dev.posthouse.ymp.sending.Receiver.Packet;
import dev.posthouse.ymp.sending.Receiver.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reaction of section 6's sender side, to a real host. */
@QuarkusTest
class SendToHostTest {

    @Inject HostInformations informations;
    @Inject MeterRegistry metrics;

    private Receiver receiver;

    @BeforeEach
    void open() {
        receiver = new Receiver("lena");
        informations.forget(HostName.parse(receiver.host()));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void sendsWhatWasPostedAsItWasWritten() {
        Posts.post(Posts.draft(receiver.host(), "one", "{\"a\" :  1.50, \"b\":\"\\u00e9\"}"))
                .then()
                .statusCode(202);

        awaitInbox("one");
        Packet packet = receiver.packets().getFirst();
        assertThat(packet.body())
                .isEqualTo(
                        """
                        {"packet":{"messages":[{"sender":{"host":"ymp.example","protocol":"p","service":"s"},\
                        "id":"one","host":"%s","protocol":"p","service":"s","action":"an action",\
                        "payload":{"a" :  1.50, "b":"\\u00e9"}}]}}\
                        """
                                .formatted(receiver.host()));
        assertThat(packet.token()).startsWith("Bearer ");
        await("it is recorded", () -> Posts.waiting(receiver.host()) == 0);
        assertThat(row("message")).isNull();
        assertThat(
                        Events.of("ymp.packet-sent", receiver.host())
                                .getLast()
                                .path("messages")
                                .intValue())
                .isEqualTo(1);
    }

    @Test
    void sendsTheNextAtOnceWithTheTokenItHas() {
        Posts.post(receiver.host(), "first");
        awaitInbox("first");
        long begin = System.nanoTime();

        Posts.post(receiver.host(), "second");
        awaitInbox("first", "second");

        Duration took = Duration.ofNanos(receiver.packets().get(1).at() - begin);
        assertThat(took).isLessThan(Duration.ofMillis(900));
        assertThat(receiver.requests()).hasSize(1);
    }

    /** Whoever posted them was killed before it could say so. */
    @Test
    void sendsWhatNobodyAnnouncedThoughTheHostIsDueLater() {
        Posts.post(receiver.host(), "first");
        awaitInbox("first");
        await(
                "it is due when its token is old",
                () -> "t".equals(peer("due_at > now() + '1 min'")));

        Posts.insert(receiver.host(), 1);

        awaitInbox("first", "m1");
    }

    @Test
    void packsAtMostAHundredInOrder() {
        Posts.insert(receiver.host(), 250);

        awaitInbox(ids(250));
        assertThat(receiver.packets())
                .extracting(packet -> packet.ids().size())
                .containsExactly(100, 100, 50);
    }

    @Test
    void packsAtMostAMebibyte() {
        receiver.judge(packet -> Reply.of(503));
        Posts.post(receiver.host(), "small");
        String large = "{\"x\":\"" + "y".repeat(500_000) + "\"}";
        for (String id : List.of("l1", "l2", "l3")) {
            Posts.post(Posts.draft(receiver.host(), id, large)).then().statusCode(202);
        }

        receiver.judge(packet -> Reply.of(204));

        awaitInbox("small", "l1", "l2", "l3");
        assertThat(receiver.packets()).allMatch(packet -> packet.body().length() <= 1 << 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 200, 202, 300, 302, 304, 307, 308})
    void sendsTheSameAgainAfterAPause(int status) {
        Reply reply = new Reply(status, Map.of("Location", "/elsewhere"));
        receiver.judge(packet -> packet.number() < 3 ? reply : Reply.of(204));

        Posts.post(receiver.host(), "again");

        awaitInbox("again");
        assertThat(receiver.packets()).hasSize(3);
        assertThat(receiver.packets()).allMatch(packet -> packet.ids().equals(List.of("again")));
        await("the pause is forgotten", () -> "0".equals(peer("failures")));
        assertThat(row("attempts")).isEqualTo("2");
        assertThat(receiver.peer().others("/elsewhere")).isEmpty();
    }

    @Test
    void keepsThePauseTheHostAsksFor() {
        receiver.judge(packet ->
                packet.number() == 1 ? new Reply(429, Map.of("Retry-After", "2")) : Reply.of(204));

        Posts.post(receiver.host(), "patience");
        await("it was refused", () -> "1".equals(peer("failures")));
        Posts.post(receiver.host(), "shortens nothing");

        awaitInbox("patience", "shortens nothing");
        long pause = receiver.packets().get(1).at() - receiver.packets().get(0).at();
        assertThat(Duration.ofNanos(pause)).isGreaterThan(Duration.ofMillis(1_900));
    }

    @Test
    void sendsTheSameAgainWhenTheConnectionWasDroppedAfterTheCommit() {
        receiver.judge(packet -> Reply.of(packet.number() == 1 ? 0 : 204));

        Posts.post(receiver.host(), "twice");

        await("it came again", () -> receiver.packets().size() == 2);
        assertThat(receiver.inbox()).containsExactly("twice", "twice");
        await("it is recorded", () -> Posts.waiting(receiver.host()) == 0);
    }

    @Test
    void asksForAnotherTokenOnceAndSendsTheSame() {
        receiver.judge(packet -> Reply.of(packet.number() == 1 ? 401 : 204));

        Posts.post(receiver.host(), "same");

        awaitInbox("same");
        assertThat(receiver.packets()).hasSize(2);
        assertThat(receiver.packets().get(0).token())
                .isNotEqualTo(receiver.packets().get(1).token());
        assertThat(receiver.requests()).hasSize(2);
        assertThat(Duration.between(receiver.requests().get(0), receiver.requests().get(1)))
                .isGreaterThan(Duration.ofMillis(900));
        assertThat(Events.of("ymp.token-refused", receiver.host())).isNotEmpty();
        await("it is forgotten", () -> "f".equals(peer("refused")));
    }

    @Test
    void pausesAfterASecondRefusedToken() {
        receiver.judge(packet -> Reply.of(packet.number() < 3 ? 401 : 204));

        Posts.post(receiver.host(), "stubborn");

        await("it is paused", () -> "1".equals(peer("failures")));
        awaitInbox("stubborn");
        assertThat(receiver.requests()).hasSize(3);
    }

    @Test
    void sendsTheRestPastOneBadMessage() {
        receiver.judge(packet -> Reply.of(packet.ids().contains("m37") ? 400 : 204));
        double before = died();

        Posts.insert(receiver.host(), 100);

        await("all is settled", () -> Posts.waiting(receiver.host()) == 0);
        List<String> good =
                IntStream.rangeClosed(1, 100).filter(n -> n != 37).mapToObj(n -> "m" + n).toList();
        assertThat(receiver.inbox()).containsExactlyElementsOf(good);
        assertThat(receiver.packets()).hasSizeLessThan(16);
        assertThat(dead("m37")).isEqualTo("400");
        assertThat(Events.of("ymp.packet-dead", receiver.host()))
                .anyMatch(event -> event.path("id").asText().equals("m37"));
        // Once that is committed.
        await("it is counted", () -> died() == before + 1);
    }

    private double died() {
        return metrics.get("posthouse.ymp.outbox.died").counter().count();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 403, 409, 410, 413, 415, 418, 422})
    void buriesASingleRefusedMessage(int status) {
        receiver.judge(packet -> Reply.of(status));

        Posts.post(receiver.host(), "refused");

        await("it is dead", () -> !"no row".equals(dead("refused")));
        assertThat(receiver.packets()).hasSize(1);
        assertThat(Posts.waiting(receiver.host())).isZero();
    }

    @Test
    void looksWhereTheDoorIsNowBeforeItBelievesItGone() {
        Posts.post(receiver.host(), "before");
        awaitInbox("before");
        receiver.judge(packet -> Reply.of(404));
        receiver.peer().answer("/.well-known/ymp", 200, information("/moved"));

        Posts.post(receiver.host(), "after");

        assertThat(receiver.peer().next("/moved").body()).contains("after");
        await("it is recorded", () -> Posts.waiting(receiver.host()) == 0);
        assertThat(dead("after")).isEqualTo("no row");
        receiver.judge(packet -> Reply.of(204));
        receiver.peer().answer("/.well-known/ymp", 200, information("/packet"));
        receiver.peer().answer("/moved", 404, "");
        Posts.post(receiver.host(), "back");
        awaitInbox("before", "back");
    }

    /** Another replica takes the host up once the lease has run out. */
    @Test
    void keepsTheHostForItselfHoweverSlowlyItTellsWhereItsDoorIs() {
        Posts.post(receiver.host(), "before");
        awaitInbox("before");
        receiver.judge(packet -> Reply.of(404));
        receiver.answerLate("/.well-known/ymp", information("/moved"));
        CompletableFuture<Double> left = receiver.leaseAt("/moved");

        Posts.post(receiver.host(), "after");

        assertThat(left.orTimeout(15, TimeUnit.SECONDS).join())
                .isGreaterThan(Receiver.UNLESS_RENEWED);
        await("it is recorded", () -> Posts.waiting(receiver.host()) == 0);
    }

    private static String information(String packetPath) {
        return """
        {"ymp-version": "0.1.0", "service-protocols": [],
         "connection-protocols": [{"name": "https-token", "version": "0.0.0", "parameters":
          {"request-path": "/request", "grant-path": "/grant", "packet-path": "%s"}}]}
        """
                .formatted(packetPath);
    }

    @Test
    void pausesBeforeAHostThatWantsNothing() {
        receiver.judge(packet -> Reply.of(403));

        Posts.insert(receiver.host(), 3);

        await("all is settled", () -> Posts.waiting(receiver.host()) == 0);
        await("it is paused", () -> "1".equals(peer("failures")));
        assertThat(receiver.inbox()).isEmpty();
    }

    @Test
    void costsADeadHostOneProbeAStep() {
        receiver.close();

        Posts.insert(receiver.host(), 300);
        await("it has failed", () -> Integer.parseInt(peer("failures")) >= 3);
        int tried =
                Integer.parseInt(
                        TestDatabase.ask(
                                "select count(*) from outgoing where host = ? and attempts > 0",
                                receiver.host()));
        assertThat(tried).isEqualTo(100);
        receiver = Receiver.again("lena");

        awaitInbox(ids(300));
    }

    private void awaitInbox(String... ids) {
        await(
                "the host has " + ids.length + " messages",
                () -> receiver.inbox().size() >= ids.length);
        assertThat(receiver.inbox()).containsExactly(ids);
    }

    private static String[] ids(int many) {
        return IntStream.rangeClosed(1, many).mapToObj(n -> "m" + n).toArray(String[]::new);
    }

    private String peer(String column) {
        return TestDatabase.ask("select " + column + " from peer where host = ?", receiver.host());
    }

    private String row(String column) {
        return TestDatabase.ask(
                "select " + column + " from outgoing where host = ?", receiver.host());
    }

    private String dead(String id) {
        return TestDatabase.ask(
                "select cause from outgoing where host = ? and id = ? and dead is not null",
                receiver.host(),
                id);
    }
}
