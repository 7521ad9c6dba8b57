package dev.posthouse.relay.delivery;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.outbound.AcceptOutbound;
import dev.posthouse.relay.outbound.Leaving;
import dev.posthouse.relay.ramf.TestParcel;
import dev.posthouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, sections 9 and 10: what becomes of parcels for a real peer. */
@QuarkusTest
class DeliverToPeerTest {

    @Inject AcceptOutbound acceptOutbound;
    @Inject MovedClock clock;
    @Inject MeterRegistry metrics;
    @Inject StrangerClient calls;

    private ScriptedPeer peer;

    @BeforeEach
    void open() {
        use(ScriptedPeer.named("ada"));
        Leaving.forget(peer.address());
    }

    private void use(ScriptedPeer another) {
        peer = another;
    }

    @AfterEach
    void close() {
        peer.close();
        Leaving.forget(peer.address());
    }

    private TestParcel parcel(String id) {
        return TestParcel.of(peer.address(), id, clock.instant().minusSeconds(1));
    }

    private void accept(TestParcel parcel) {
        acceptOutbound.accept(parcel.checked(), Optional.empty());
    }

    private void accept(String id) {
        accept(parcel(id));
    }

    private String parcel(String id, String column) {
        return Leaving.parcel(peer.address(), id, column);
    }

    private String peer(String column) {
        return Leaving.peer(peer.address(), column);
    }

    private void awaitNoneWaiting() {
        await("none waits", () -> Leaving.waiting(peer.address()) == 0);
    }

    private static List<String> ids(int many) {
        return IntStream.rangeClosed(1, many).mapToObj(n -> "m" + n).toList();
    }

    @Test
    void deliversAParcelAndSaysSo() {
        accept("one");

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactly("one");
        assertThat(peer.sent().getFirst().headers())
                .containsEntry("content-type", "application/vnd.relaynet.parcel");
        assertThat(parcel("one", "octets is null and dead is null")).isEqualTo("t");
        assertThat(parcel("one", "attempts")).isEqualTo("1");
        assertThat(Leaving.events("relay.parcel-delivered", peer.address()))
                .anyMatch(event ->
                        event.path("id").asText().equals(parcel("one", "encode(identity, 'hex')"))
                                && event.path("to").asText().equals(peer.address()));
        assertThat(metrics.get("posthouse.relay.deliveries").tag("code", "2xx").counter().count())
                .isPositive();
    }

    @Test
    void deliversTheNextAtOnce() {
        accept("one");
        awaitNoneWaiting();
        long begun = System.nanoTime();

        accept("two");
        await("it is sent", () -> peer.sent().size() == 2);

        assertThat(Duration.ofNanos(peer.sent().get(1).at() - begun))
                .isLessThan(Duration.ofMillis(700));
    }

    /** Whoever accepted them was killed before it could say so. */
    @Test
    void deliversWhatNobodyAnnounced() {
        Leaving.insert(peer.address(), 3);

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactlyInAnyOrderElementsOf(ids(3));
    }

    /** They came just when nothing had waited for a day. */
    @Test
    void deliversWhatCameWhileThePeerWasForgotten() {
        Leaving.insertForNobody(peer.address(), 3);

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactlyInAnyOrderElementsOf(ids(3));
    }

    @Test
    void sendsFiveAtOnceOverOneConnectionOldestFirst() {
        peer.answers(202, Duration.ofMillis(10));

        Leaving.insert(peer.address(), 100);

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactlyInAnyOrderElementsOf(ids(100));
        for (int i = 0; i < 100; i++) {
            int number = Integer.parseInt(peer.texts().get(i).substring(1));
            assertThat(number).isBetween(i + 1 - 10, i + 1 + 10);
        }
        assertThat(peer.mostUnderWay()).isBetween(2, 5);
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void sendsFiveAtOnceToAHostWhateverItIsAddressedBy() {
        List<String> addresses = List.of(peer.address() + "/1", peer.address() + "/2");
        addresses.forEach(Leaving::forget);
        peer.answers(202, Duration.ofMillis(20));

        addresses.forEach(address -> Leaving.insert(address, 30));

        await("none waits", () -> addresses.stream().allMatch(to -> Leaving.waiting(to) == 0));
        assertThat(peer.sent()).hasSize(60);
        assertThat(peer.sent()).extracting(ScriptedPeer.Sent::path).containsOnly("/1", "/2");
        assertThat(peer.mostUnderWay()).isLessThanOrEqualTo(5);
        addresses.forEach(Leaving::forget);
    }

    @Test
    void sendsFiveAtOnceOverHttp11AndKeepsTheConnections() {
        peer.close();
        use(ScriptedPeer.oldNamed("ada"));
        peer.answers(202, Duration.ofMillis(10));

        Leaving.insert(peer.address(), 100);

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactlyInAnyOrderElementsOf(ids(100));
        assertThat(peer.mostUnderWay()).isLessThanOrEqualTo(5);
        assertThat(peer.connections()).isLessThanOrEqualTo(5);
    }

    @Test
    void sendsWhatComesWhileOthersAreUnderWay() {
        peer.does((request, sent) -> {
            if (!sent.text().equals("slow")) {
                request.response().setStatusCode(202).end();
            }
        });
        accept("first");
        accept("slow");
        await("it is under way", () -> peer.texts().contains("slow"));

        accept("quick");

        await("it is delivered", () -> "t".equals(parcel("quick", "octets is null")));
        assertThat(parcel("slow", "octets is null")).isEqualTo("f");
        peer.answers(202);
        awaitNoneWaiting();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 408, 421, 425, 429, 500, 502, 503, 504, 507})
    void sendsTheSameAgain(int status) {
        peer.does((request, sent) ->
                request.response().setStatusCode(sent.number() < 3 ? status : 202).end());

        accept("one");

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactly("one", "one", "one");
        assertThat(parcel("one", "attempts")).isEqualTo("3");
        assertThat(parcel("one", "dead")).isNull();
        // The second pause is of 200 ms, a fifth more or less.
        assertThat(Duration.ofNanos(peer.sent().get(2).at() - peer.sent().get(1).at()))
                .isGreaterThan(Duration.ofMillis(150));
    }

    @Test
    void sendsTheSameAgainWhenTheConnectionIsCut() {
        peer.does((request, sent) -> {
            if (sent.number() == 1) {
                request.connection().close();
            } else {
                request.response().setStatusCode(202).end();
            }
        });

        accept("one");

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactly("one", "one");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 410, 411, 413, 414, 415, 422, 418})
    void makesADeadLetterOfWhatIsRefused(int status) {
        peer.answers(status);
        double before = died();

        accept("one");

        awaitNoneWaiting();
        // Once that is committed.
        await("it is counted", () -> died() == before + 1);
        String reason = status == 418 ? "4xx" : Integer.toString(status);
        assertThat(parcel("one", "dead")).isEqualTo(reason);
        assertThat(parcel("one", "octets is null")).isEqualTo("f");
        assertThat(peer.sent()).hasSize(1);
        assertThat(
                        Leaving.events("relay.parcel-dead", peer.address())
                                .getLast()
                                .path("reason")
                                .asText())
                .isEqualTo(reason);
    }

    private double died() {
        return metrics.get("posthouse.relay.outbound.died").counter().count();
    }

    @Test
    void goesOnWithTheOthersAfterARefusal() {
        peer.does((request, sent) ->
                request.response().setStatusCode(sent.text().equals("m2") ? 403 : 202).end());

        Leaving.insert(peer.address(), 4);

        awaitNoneWaiting();
        assertThat(Leaving.count(peer.address(), "dead = '403'")).isEqualTo(1);
        assertThat(Leaving.count(peer.address(), "octets is null")).isEqualTo(3);
    }

    @Test
    void makesADeadLetterOfWhatLeadsNowhere() {
        String nowhere = "rng://nowhere.example";
        Leaving.forget(nowhere);

        accept(TestParcel.of(nowhere, "one", clock.instant()));

        await("it is dead", () -> Leaving.waiting(nowhere) == 0);
        assertThat(Leaving.parcel(nowhere, "one", "dead")).isEqualTo("address.unresolvable");
        Leaving.forget(nowhere);
    }

    @Test
    void goesByAStaticRoute() {
        try (ScriptedPeer routed = ScriptedPeer.named("rita")) {
            Leaving.forget("routed.example");

            accept(TestParcel.of("routed.example", "one", clock.instant()));

            await("it is sent", () -> Leaving.waiting("routed.example") == 0);
            assertThat(routed.sent())
                    .isNotEmpty()
                    .allSatisfy(sent -> {
                        assertThat(sent.path()).isEqualTo("/in");
                        assertThat(sent.headers())
                                .containsEntry("content-type", "application/vnd.awala.parcel");
                    });
            Leaving.forget("routed.example");
        }
    }

    @Test
    void leavesAWholePeerAloneThatAsksForThat() {
        peer.answers(503, "Retry-After", "2");
        accept("one");
        await("it has failed", () -> "1".equals(parcel("one", "attempts")));
        long begun = System.nanoTime();
        peer.answers(202);

        accept("two");

        awaitNoneWaiting();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6));
        assertThat(peer.sent()).hasSize(3);
        assertThat(peer.texts().get(1)).isEqualTo("one");
    }

    /** Whoever names another path of a host does not speak for it. */
    @Test
    void goesOnWithAHostOfWhichAnotherUrlIsLeftAlone() {
        String old = peer.address() + "/old";
        Leaving.forget(old);
        peer.does((request, sent) -> {
            if (sent.path().equals("/old")) {
                request.response().putHeader("Retry-After", "86400").setStatusCode(503);
            } else {
                request.response().setStatusCode(202);
            }
            request.response().end();
        });
        ids(10).forEach(id -> accept(TestParcel.of(old, id, clock.instant())));
        await("it is left alone", () -> "1".equals(Leaving.peer(old, "failures")));

        accept("one");

        awaitNoneWaiting();
        assertThat(peer("failures = 0 and pause_until is null and sound")).isEqualTo("t");
        assertThat(Leaving.waiting(old)).isEqualTo(10);
        Leaving.forget(old);
    }

    /** A setting has changed since they were accepted. */
    @Test
    void leavesToItsPeerWhatWaitsUnderAFormerName() {
        String former = "former.example";
        Leaving.insert(peer.address(), 0);
        String mine = Leaving.peerOf(peer.address());
        TestDatabase.change(
                "update peer set holder = gen_random_uuid(), due_at = null,"
                        + " lease_until = timestamptz '2100-01-01' where address = ?",
                mine);
        Leaving.insert(peer.address(), 3);
        TestDatabase.change("update outbound set peer = ? where peer = ?", former, mine);

        await(
                "they are its own",
                () ->
                        TestDatabase.ask("select count(*) from outbound where peer = ?", mine)
                                .equals("3"));
        assertThat(peer.sent()).isEmpty();

        TestDatabase.change("update peer set lease_until = null where address = ?", mine);
        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactlyInAnyOrderElementsOf(ids(3));
        TestDatabase.change("delete from peer where address = ?", former);
    }

    @Test
    void sendsOthersWhileOneWaitsForItsNextAttempt() {
        peer.does((request, sent) ->
                request.response().setStatusCode(sent.text().equals("bad") ? 500 : 202).end());
        accept("bad");
        await("it has failed", () -> !"0".equals(parcel("bad", "attempts")));

        accept("good");

        await("it is delivered", () -> "t".equals(parcel("good", "octets is null")));
        assertThat(parcel("bad", "octets is null")).isEqualTo("f");
    }

    @Test
    void costsADeadPeerOneProbeADelay() {
        peer.close();
        Leaving.insert(peer.address(), 300);
        await("it has failed often", () -> Integer.parseInt(peer("failures")) >= 8);

        // One look: probes go on meanwhile.
        assertThat(
                        TestDatabase.ask(
                                "select (count(*) filter (where o.attempts > 0) <= 10) || ' '"
                                        + " || (sum(o.attempts) - min(p.failures))"
                                        + " from outbound o join peer p on p.address = o.peer"
                                        + " where p.address = ?",
                                Leaving.peerOf(peer.address())))
                .isEqualTo("true 0");

        use(ScriptedPeer.named("ada"));
        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactlyInAnyOrderElementsOf(ids(300));
        assertThat(peer("failures")).isEqualTo("0");
    }

    @Test
    void removesNoNewerVersionForAnAnswerToTheOld() {
        peer.answers(202, Duration.ofSeconds(1));
        accept(parcel("one").with("old"));
        await("it is under way", () -> peer.texts().contains("old"));

        accept(parcel("one").with("new"));

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactly("old", "new");
        assertThat(parcel("one", "octets is null")).isEqualTo("t");
    }

    @Test
    void refusesNoNewerVersionForAnAnswerToTheOld() {
        peer.does((request, sent) ->
                io.vertx.core.Vertx.currentContext()
                        .owner()
                        .setTimer(
                                500,
                                ignored ->
                                        request.response()
                                                .setStatusCode(
                                                        sent.text().equals("old") ? 403 : 202)
                                                .end()));
        accept(parcel("one").with("old"));
        await("it is under way", () -> peer.texts().contains("old"));

        accept(parcel("one").with("new"));

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactly("old", "new");
        assertThat(parcel("one", "dead")).isNull();
    }

    @Test
    void sendsNothingAfterItsExpiry() {
        peer.answers(500);
        accept(parcel("short").living(Duration.ofSeconds(4)));

        await("it is forgotten", () -> Leaving.count(peer.address(), "true") == 0);
        long attempts = peer.sent().size();
        peer.answers(202);

        assertThat(attempts).isBetween(2L, 12L);
        long life =
                Duration.ofNanos(peer.sent().getLast().at() - peer.sent().getFirst().at())
                        .toMillis();
        assertThat(life).isLessThan(3_100);
        assertThat(Leaving.events("relay.parcel-expired", peer.address())).isNotEmpty();
        // What is sent after it shows that it is not sent.
        accept("later");
        awaitNoneWaiting();
        assertThat(peer.texts()).filteredOn("short"::equals).hasSize((int) attempts);
        assertThat(peer.texts()).hasSize((int) attempts + 1).endsWith("later");
    }

    private void leaveAlone(String restUntil) {
        TestDatabase.change(
                "insert into peer (address, failures, pause_until, rest_until)"
                        + " values (?, 9, timestamptz '2100-01-01', cast(? as timestamptz))",
                Leaving.peerOf(peer.address()),
                restUntil);
    }

    private void awaitForgotten() {
        await("they are forgotten", () -> Leaving.count(peer.address(), "true") == 0);
    }

    @Test
    void makesALastAttemptThoughThePeerIsLeftAloneAndGoesOnOnceThatIsAnswered() {
        leaveAlone(null);
        accept("long");

        accept(parcel("short").living(Duration.ofSeconds(9)));
        long begun = System.nanoTime();

        awaitNoneWaiting();
        assertThat(peer.texts()).containsExactly("short", "long");
        assertThat(Duration.ofNanos(peer.sent().getFirst().at() - begun))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
        assertThat(peer("failures")).isEqualTo("0");
        assertThat(peer("pause_until")).isNull();
    }

    @Test
    void makesOneLastAttemptInAFewSecondsAndNoOther() {
        leaveAlone(null);
        peer.answers(500);

        accept(parcel("one").living(Duration.ofSeconds(4)));
        accept(parcel("two").living(Duration.ofSeconds(4)));
        accept("long");

        await("they are forgotten", () -> Leaving.count(peer.address(), "true") == 1);
        assertThat(peer.sent()).hasSize(1);
        assertThat(peer.texts()).doesNotContain("long");
        assertThat(peer("failures")).isEqualTo("9");
        assertThat(peer("pause_until = timestamptz '2100-01-01'")).isEqualTo("t");
    }

    @Test
    void makesNoLastAttemptAtAPeerThatWantsNone() {
        leaveAlone("2100-01-01");

        accept(parcel("short").living(Duration.ofSeconds(4)));

        awaitForgotten();
        assertThat(peer.sent()).isEmpty();
    }

    @Test
    void sendsLongParcelsAsTheyAre() {
        byte[] octets = new byte[8_322_037];
        new java.util.Random(1).nextBytes(octets);

        for (int i = 0; i < 2; i++) {
            // One by one: the attempts of this service under test are short.
            accept(parcel("long" + i).with(octets));
            awaitNoneWaiting();
        }

        assertThat(peer.sent())
                .hasSizeBetween(2, 6)
                .allSatisfy(sent -> assertThat(sent.octets()).isEqualTo(octets));
    }
}
