package dev.posthouse.relay.delivery;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.call.RedirectingClient;
import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.outbound.AcceptOutbound;
import dev.posthouse.relay.outbound.Leaving;
import dev.posthouse.relay.outbound.Outbound;
import dev.posthouse.relay.outbound.ParcelDue;
import dev.posthouse.relay.ramf.TestParcel;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several senders over one database, the service's own among them. */
@QuarkusTest
class ReplicasTest {

    private static final int REPLICAS = 3;

    @Inject Peers peers;
    @Inject RecordRound records;
    @Inject MakeAttempt attempts;
    @Inject DeliveryMetrics metrics;
    @Inject RelayConfig settings;
    @Inject AcceptOutbound acceptOutbound;
    @Inject MovedClock clock;
    @Inject Vertx vertx;
    @Inject Targets targets;
    @Inject Outbound outbound;
    @Inject Turns turns;

    private final List<DeliverParcels> replicas = new ArrayList<>();
    private final List<StrangerClient> clients = new ArrayList<>();
    private ScriptedPeer peer;

    @BeforeEach
    void open() {
        peer = ScriptedPeer.named("bea");
        Leaving.forget(peer.address());
        for (int i = 0; i < REPLICAS; i++) {
            DeliverParcels replica = replica();
            replica.start(null);
            replicas.add(replica);
        }
    }

    /** With a client of its own: stopping it may close that, and the service's goes on. */
    private DeliverParcels replica() {
        StrangerClient calls = new DeliveryBeans().client(vertx, settings);
        RedirectingClient redirecting = new RedirectingClient(calls, targets.strangers());
        MakeAttempt own =
                new MakeAttempt(
                        outbound,
                        new PohttpClient(targets, redirecting, clock, settings),
                        new OctetsOut(),
                        turns,
                        clock);
        clients.add(calls);
        return new DeliverParcels(
                new ClaimPeers(peers, clock),
                new Jobs(records, own, metrics, settings, clock),
                calls,
                clock);
    }

    @AfterEach
    void close() {
        replicas.forEach(replica -> replica.stop(null));
        clients.forEach(StrangerClient::close);
        peer.close();
        Leaving.forget(peer.address());
    }

    private void awaitNoneWaiting() {
        await("none waits", () -> Leaving.waiting(peer.address()) == 0);
    }

    @Test
    void sendEachParcelOnceAndFiveAtATimeTogether() {
        peer.answers(202, Duration.ofMillis(5));
        for (int i = 0; i < 200; i++) {
            acceptOutbound.accept(
                    TestParcel.of(peer.address(), "r" + i, clock.instant()).checked(),
                    Optional.empty());
            replicas.get(i % REPLICAS).wake(new ParcelDue(peer()));
        }

        awaitNoneWaiting();
        assertThat(peer.texts()).hasSize(200).hasSameSizeAs(new HashSet<>(peer.texts()));
        assertThat(peer.mostUnderWay()).isLessThanOrEqualTo(PeerJob.IN_FLIGHT);
    }

    /** What a kill -9 between the claim and the answer leaves behind. */
    @Test
    void takeUpWhatAKilledReplicaHeld() {
        Leaving.insert(peer.address(), 0);
        lease(Duration.ofSeconds(2));
        long begin = System.nanoTime();
        Leaving.insert(peer.address(), 3);

        awaitNoneWaiting();

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(5));
        assertThat(peer.sent()).hasSize(3);
        assertThat(Peers.LEASE).isLessThanOrEqualTo(Duration.ofSeconds(20));
    }

    /** A job that was away for so long that another has the peer now. */
    @Test
    void leaveAPeerWhoseLeaseIsSomebodyElses() throws InterruptedException {
        Leaving.insert(peer.address(), 0);
        lease(Duration.ofHours(1));
        Leaving.insert(peer.address(), 3);
        Claim late = new Claim(peer(), UUID.randomUUID(), new Standing(0, null));
        PeerJob job = new PeerJob(late, Schedule.of(settings.delivery()));

        assertThat(new DeliverToPeer(job, records, attempts, metrics, clock).deliver()).isEmpty();

        assertThat(peer.sent()).isEmpty();
        assertThat(Leaving.peer(peer.address(), "holder is not null and lease_until is not null"))
                .isEqualTo("t");
    }

    private void lease(Duration time) {
        TestDatabase.change(
                "update peer set holder = gen_random_uuid(), lease_until = ?, due_at = null"
                        + " where address = ?",
                new Timestamp(System.currentTimeMillis() + time.toMillis()),
                peer());
    }

    private String peer() {
        return Leaving.host(peer.address());
    }
}
