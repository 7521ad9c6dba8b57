package dev.posthouse.relay.collection;

import static dev.posthouse.testing.Await.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.HeldCommits;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayEvents;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.collection.CollectingClient.Delivered;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.relay.parcel.ParcelArrived;
import dev.posthouse.relay.parcel.WaitingParcels;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPostgres;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 11.1: how private gateways collect, seen from theirs. */
@QuarkusTest
class CollectionTest {

    private static final int LONG = 8_322_037;

    @Inject OwnIdentity identity;
    @Inject Connections connections;
    @Inject Event<ParcelArrived> arrivals;
    @Inject MovedClock clock;

    /** Records acknowledgements without a word to the connections of this one. */
    @Inject WaitingParcels otherReplica;

    private CollectingGateway gateway;
    private NodeId id;

    static Stream<URI> doors() {
        return Stream.of(
                URI.create(RelayUnderTest.door().url().toString().replace("https:", "wss:"))
                        .resolve("/v1/parcel-collection"),
                URI.create("ws://127.0.0.1:" + plainPort() + "/v1/parcel-collection"));
    }

    static URI door() {
        return doors().findFirst().orElseThrow();
    }

    static int plainPort() {
        return Integer.parseInt(RelayUnderTest.setting("relay.poweb.plain-port"));
    }

    @BeforeEach
    void register() {
        gateway = CollectingGateway.registered(identity);
        id = gateway.id();
    }

    @ParameterizedTest
    @MethodSource("doors")
    void handsOutTheOldestFirstAndForgetsWhatIsAcknowledged(URI door) {
        List<WaitingParcel> waiting = IntStream.range(0, 3).mapToObj(this::add).toList();
        try (CollectingClient client = CollectingClient.collect(door, gateway)) {
            List<Delivered> delivered = client.delivered(3);

            assertThat(delivered.stream().map(Delivered::id))
                    .containsExactlyElementsOf(waiting.stream().map(WaitingParcel::id).toList());
            for (int i = 0; i < delivered.size(); i++) {
                assertThat(delivered.get(i).parcel()).isEqualTo(waiting.get(i).octets());
            }
            assertThat(WaitingParcel.waiting(id)).isEqualTo(3);
            client.acknowledge(delivered.get(0));
            client.send(delivered.get(1).id().toString().getBytes(US_ASCII));
            await("two are collected", () -> WaitingParcel.waiting(id) == 1);
            assertThat(client.isOpen()).isTrue();
        }
        assertThat(RelayEvents.of("relay.parcel-collected", id.text())).hasSize(2);
    }

    /** Section 16: of what this replica has read ahead another may have recorded the end. */
    @Test
    void handsOutNothingThatAnotherReplicaHasForgotten() {
        List<WaitingParcel> waiting = IntStream.range(0, 8).mapToObj(i -> add(100)).toList();
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            List<Delivered> inFlight = client.delivered(5);
            List<UUID> others = waiting.subList(5, 8).stream().map(WaitingParcel::id).toList();
            otherReplica.collected(id, others);

            client.acknowledge(inFlight.getFirst());

            assertThat(client.isSilent()).isTrue();
            WaitingParcel later = add(100);
            assertThat(client.delivered().id()).isEqualTo(later.id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Relaynet-Streaming-Mode", "X-Awala-Streaming-Mode"})
    void closesWhenAllIsCollectedIfAskedTo(String header) {
        add(1);
        add(2);
        try (CollectingClient client =
                CollectingClient.collect(door(), gateway, header, "close-upon-completion")) {
            client.acknowledge(client.delivered());
            client.acknowledge(client.delivered());

            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(WaitingParcel.waiting(id)).isZero();
        }
    }

    /** Else what was acknowledged might be delivered again after a crash. */
    @Test
    void closesOnlyOnceTheLastIsForgotten() {
        add(1);
        try (HeldCommits held = HeldCommits.begin();
                CollectingClient client =
                        CollectingClient.collect(
                                door(),
                                gateway,
                                "X-Relaynet-Streaming-Mode",
                                "close-upon-completion")) {
            client.acknowledge(client.delivered());
            await("its commit waits", held::holdsOne);

            assertThat(client.isSilent()).isTrue();
            assertThat(client.isOpen()).isTrue();
            held.letGo();

            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(WaitingParcel.waiting(id)).isZero();
        }
    }

    @Test
    void closesAtOnceWhenNothingWaitsIfAskedTo() {
        try (CollectingClient client =
                CollectingClient.collect(
                        door(), gateway, "X-Relaynet-Streaming-Mode", "close-upon-completion")) {
            assertThat(client.closeCode()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void handsOnWhatThisReplicaTakesAndWhatOthersDo(URI door) {
        try (CollectingClient client =
                CollectingClient.collect(
                        door, gateway, "X-Relaynet-Streaming-Mode", "keep-alive")) {
            assertThat(client.isSilent()).isTrue();

            WaitingParcel ours = add(100);
            arrivals.fire(new ParcelArrived(id));
            Delivered first = client.delivered();
            long begun = System.nanoTime();
            WaitingParcel theirs = add(100);
            Delivered second = client.delivered();

            assertThat(first.id()).isEqualTo(ours.id());
            assertThat(second.id()).isEqualTo(theirs.id());
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofMillis(1_500));
        }
    }

    @Test
    void hasNoMoreInFlightThanItMay() {
        for (int i = 0; i < 8; i++) {
            add(10);
        }
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            List<Delivered> first = client.delivered(5);
            assertThat(client.isSilent()).isTrue();

            client.acknowledge(first.get(3));
            client.delivered();
            assertThat(client.isSilent()).isTrue();
        }
    }

    @Test
    void missesNothingThatArrivesWhileItLists() throws InterruptedException {
        int count = 300;
        Thread others =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; i < count; i++) {
                                add(20);
                                arrivals.fire(new ParcelArrived(id));
                            }
                        });
        Set<UUID> seen = new HashSet<>();
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            for (int i = 0; i < count; i++) {
                Delivered delivered = client.delivered();
                seen.add(delivered.id());
                client.acknowledge(delivered);
            }
            assertThat(client.isSilent()).isTrue();
        }
        others.join();
        assertThat(seen).hasSize(count);
        await("all are collected", () -> WaitingParcel.waiting(id) == 0);
    }

    @Test
    void handsOutEachOfThousandsOnce() {
        int count = 3_000;
        WaitingParcel.addMany(id, count, 5_000);
        Set<UUID> seen = new HashSet<>();
        try (CollectingClient client =
                CollectingClient.collect(
                        door(), gateway, "X-Relaynet-Streaming-Mode", "close-upon-completion")) {
            for (int i = 0; i < count; i++) {
                Delivered delivered = client.delivered();
                seen.add(delivered.id());
                client.acknowledge(delivered);
            }
            assertThat(client.closeCode()).isEqualTo(1000);
        }
        assertThat(seen).hasSize(count);
        assertThat(WaitingParcel.waiting(id)).isZero();
    }

    @Test
    void handsOutAgainWhatWasNotAcknowledged() {
        WaitingParcel waiting = add(10);
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            client.delivered();
            client.leave();
        }
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            assertThat(client.delivered().id()).isEqualTo(waiting.id());
        }
    }

    @Test
    void recordsWhatIsAcknowledgedJustBeforeTheClientLeaves() {
        for (int i = 0; i < 5; i++) {
            add(10);
        }
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            client.delivered(5).forEach(client::acknowledge);
            client.leave();
        }
        await("all are collected", () -> WaitingParcel.waiting(id) == 0);
    }

    @Test
    void handsOutAllToEachConnectionOfAGateway() {
        WaitingParcel waiting = add(10);
        try (CollectingClient one = CollectingClient.collect(door(), gateway);
                CollectingClient other = CollectingClient.collect(door(), gateway)) {
            Delivered first = one.delivered();
            Delivered second = other.delivered();
            assertThat(first.id()).isEqualTo(waiting.id()).isEqualTo(second.id());

            one.acknowledge(first);
            await("it is collected", () -> WaitingParcel.waiting(id) == 0);
            other.acknowledge(second);
            WaitingParcel next = add(10);

            assertThat(one.delivered().id()).isEqualTo(next.id());
            assertThat(other.delivered().id()).isEqualTo(next.id());
        }
        assertThat(RelayEvents.of("relay.parcel-collected", id.text())).hasSize(1);
    }

    @Test
    void handsOutNothingToAnotherGateway() {
        WaitingParcel theirs = add(10);
        CollectingGateway another = CollectingGateway.registered(identity);
        try (CollectingClient client = CollectingClient.collect(door(), another)) {
            assertThat(client.isSilent()).isTrue();

            client.sendText(theirs.id().toString());

            assertThat(client.closeCode()).isEqualTo(1003);
        }
        assertThat(WaitingParcel.waiting(id)).isEqualTo(1);
    }

    @Test
    void handsOutNothingThatHasExpired() {
        WaitingParcel.add(id, 10, Duration.ofMinutes(10));
        WaitingParcel lives = WaitingParcel.add(id, 10, Duration.ofHours(1));
        clock.during(
                Duration.ofMinutes(20),
                () -> {
                    try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
                        assertThat(client.delivered().id()).isEqualTo(lives.id());
                    }
                });
    }

    @Test
    void refusesAnIdThatIsUnknownHereAndRecordsTheOnesBefore() {
        add(10);
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            client.acknowledge(client.delivered());
            client.sendText(UUID.randomUUID().toString());

            assertThat(client.closeCode()).isEqualTo(1003);
        }
        await("it is collected", () -> WaitingParcel.waiting(id) == 0);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void refusesBadAnswers(URI door) {
        byte[] none = new byte[0];
        byte[] garbage = "no answer".getBytes(US_ASCII);

        assertThat(codeAfter(door, none)).isEqualTo(1003);
        assertThat(codeAfter(door, garbage)).isEqualTo(1003);
        assertThat(codeAfter(door, CollectingGateway.answerOf())).isEqualTo(1003);
        assertThat(codeAfter(door, CollectingGateway.answerOf(garbage))).isEqualTo(1003);
        assertThat(codeAfter(door, gateway.answer(new byte[40]))).isEqualTo(1003);
    }

    private static int codeAfter(URI door, byte[] answer) {
        try (CollectingClient client = CollectingClient.connect(door)) {
            client.next();
            client.send(answer);
            return client.closeCode();
        }
    }

    @Test
    void refusesTwoSignatures() {
        try (CollectingClient client = CollectingClient.connect(door())) {
            byte[] challenge = client.next();
            client.send(
                    CollectingGateway.answerOf(gateway.sign(challenge), gateway.sign(challenge)));

            assertThat(client.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void refusesWhoIsNotRegistered() {
        assertThat(codeFor(CollectingGateway.unregistered(identity))).isEqualTo(1003);
    }

    @Test
    void refusesACertificateThatIsNotOurs() {
        assertThat(codeFor(gateway.withCertificateOfItsOwn())).isEqualTo(1003);
    }

    @Test
    void refusesACertificateThatHasEnded() {
        clock.during(Duration.ofDays(181), () -> assertThat(codeFor(gateway)).isEqualTo(1003));
    }

    @Test
    void endsWhatIsIdleWhenItsCertificateEnds() {
        Instant soon = MovedClock.AT.plus(Duration.ofDays(180)).minusSeconds(5);
        clock.during(
                Duration.between(clock.instant(), soon),
                () -> {
                    try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
                        await("it collects", () -> connections.gateways().contains(id));

                        assertThat(client.closeCode()).isEqualTo(1003);
                    }
                });
    }

    @Test
    void refusesARevokedGatewayAndEndsItsConnections() {
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            assertThat(client.isSilent()).isTrue();
            TestDatabase.change(
                    "update gateway set revoked = ? where id = ?",
                    Timestamp.from(MovedClock.AT),
                    id.text());

            assertThat(client.closeCode()).isEqualTo(1003);
        }
        assertThat(codeFor(gateway)).isEqualTo(1003);
    }

    private static int codeFor(CollectingGateway refused) {
        try (CollectingClient client = CollectingClient.collect(door(), refused)) {
            return client.closeCode();
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void refusesBrowsers(URI door) {
        try (CollectingClient client =
                CollectingClient.connect(door, "Origin", "https://example.com")) {
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void saysWhenTheDatabaseIsAwayAndGoesOnAfterwards() {
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            assertThat(client.isSilent()).isTrue();
            TestPostgres.stop();
            try {
                assertThat(client.isSilent()).isTrue();
                assertThat(client.isOpen()).isTrue();
                arrivals.fire(new ParcelArrived(id));

                assertThat(client.closeCode()).isEqualTo(1011);
            } finally {
                TestPostgres.start();
            }
        }
        await("the database is back", () -> WaitingParcel.isDatabaseThere());
        WaitingParcel waiting = add(10);
        await("it is handed out", () -> first().equals(waiting.id()));
    }

    private UUID first() {
        try (CollectingClient client = CollectingClient.collect(door(), gateway)) {
            return client.nextOrNone()
                    .map(message -> Delivered.read(message).id())
                    .orElse(new UUID(0, 0));
        }
    }

    @Test
    void sendsEverybodyAwayWhenItStops() {
        add(10);
        try (CollectingClient busy = CollectingClient.collect(door(), gateway);
                CollectingClient fresh = CollectingClient.connect(door())) {
            busy.acknowledge(busy.delivered());
            fresh.next();

            connections.leave();

            assertThat(busy.closeCode()).isEqualTo(4000);
            assertThat(fresh.closeCode()).isEqualTo(4000);
        }
        assertThat(WaitingParcel.waiting(id)).isZero();
    }

    @Test
    void sendsThoseAwayAsWellWhoseAcknowledgementsCannotBeRecordedJustNow() throws SQLException {
        add(10);
        try (var other = TestPostgres.connect(TestPostgres.database("posthouse_relay"));
                Statement statement = other.createStatement();
                CollectingClient client = CollectingClient.collect(door(), gateway)) {
            Delivered delivered = client.delivered();
            other.setAutoCommit(false);
            statement.execute("lock table parcel in exclusive mode");
            client.acknowledge(delivered);
            await("it is to be recorded", () -> isAwaited(statement));

            connections.leave();

            assertThat(client.closeCode()).isEqualTo(4000);
        }
    }

    /** Whether somebody waits for a lock. */
    private static boolean isAwaited(Statement statement) {
        try (ResultSet row =
                statement.executeQuery("select count(*) from pg_locks where not granted")) {
            row.next();
            return row.getInt(1) > 0;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void handsOutTheLongestParcelsAndPingsMeanwhile(URI door) {
        WaitingParcel first = add(LONG);
        WaitingParcel second = add(LONG);
        try (CollectingClient client = CollectingClient.collect(door, gateway)) {
            Delivered delivered = client.delivered();
            assertThat(delivered.parcel()).isEqualTo(first.octets());
            assertThat(client.delivered().parcel()).isEqualTo(second.octets());
            client.acknowledge(delivered);

            await("it is pinged", () -> client.pings() > 0);
        }
    }

    private WaitingParcel add(int size) {
        return WaitingParcel.add(id, Math.max(1, size));
    }
}
