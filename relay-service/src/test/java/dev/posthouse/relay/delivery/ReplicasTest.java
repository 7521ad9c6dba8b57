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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several senders over one database, the service's own among them. */
@QuarkusTest
class ReplicasTest {

    /** Where the parcels' address leads by somebody else's routes. */
    private static final String OTHER = "route: elsewhere.example";

    private static final int REPLICAS = 3;
    private static final int KIBIBYTES_FOR_USUAL = 8 * 1024;

    /** The database fails whenever a claim is renewed, and counts how often. */
    private static final String FAIL =
            """
            create sequence renewals_failed;
            create function fail_renewal() returns trigger language plpgsql as $$
            begin
              if current_query() like '%set due_at = null, lease_until%' then
                perform nextval('renewals_failed');
                raise exception 'it takes too long' using errcode = '57014';
              end if;
              return null;
            end $$;
            create trigger fail_renewal before update on peer
              for each statement execute function fail_renewal()
            """;

    private static final String FAIL_NO_MORE =
            """
            drop trigger if exists fail_renewal on peer;
            drop function if exists fail_renewal;
            drop sequence if exists renewals_failed
            """;

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
    @Inject StrangerClient calls;

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
        StrangerClient own = new DeliveryBeans().client(vertx, settings);
        clients.add(own);
        return new DeliverParcels(
                new ClaimPeers(peers, clock),
                new Jobs(
                        records,
                        attempts(own, new WayOut(new HostPlaces(), new OctetsOut())),
                        metrics,
                        settings,
                        clock),
                own,
                clock);
    }

    private MakeAttempt attempts(StrangerClient client, WayOut room) {
        RedirectingClient redirecting = new RedirectingClient(client, targets.strangers());
        return new MakeAttempt(
                outbound,
                new PohttpClient(targets, redirecting, clock, settings),
                room,
                turns,
                clock);
    }

    @AfterEach
    void close() {
        TestDatabase.change(FAIL_NO_MORE);
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

        assertThat(job(late, clock.instant(), attempts).deliver()).isEmpty();

        assertThat(peer.sent()).isEmpty();
        assertThat(Leaving.peer(peer.address(), "holder is not null and lease_until is not null"))
                .isEqualTo("t");
    }

    /** Else, while they have different routes, one would undo what another has just done. */
    @Test
    void sendByTheirOwnRoutesWhatAnotherTookInByOthers() throws InterruptedException {
        UUID holder = UUID.randomUUID();
        TestDatabase.change(
                "insert into peer (address, holder, lease_until)"
                        + " values (?, ?, timestamptz '2100-01-01')",
                OTHER,
                holder);
        Leaving.insertForNobody(peer.address(), OTHER, 3);
        TestDatabase.change(
                "update outbound set arrived = ? where peer = ?",
                Timestamp.from(clock.instant()),
                OTHER);
        Claim claim = new Claim(OTHER, holder, new Standing(0, null));

        job(claim, clock.instant(), attempts).deliver();

        assertThat(peer.texts()).containsExactlyInAnyOrder("m1", "m2", "m3");
        assertThat(Leaving.count(peer.address(), "octets is null and peer = '" + OTHER + "'"))
                .isEqualTo(3);
        assertThat(TestDatabase.ask("select sound from peer where address = ?", OTHER))
                .isEqualTo("t");
        TestDatabase.change("delete from peer where address = ?", OTHER);
    }

    private DeliverToPeer job(Claim claim, Instant begun, MakeAttempt made) {
        PeerJob job = new PeerJob(claim, Schedule.of(settings.delivery()), begun);
        return new DeliverToPeer(job, records, made, metrics, clock);
    }

    private Claim claimed() {
        lease(Duration.ofHours(1));
        UUID holder = UUID.fromString(Leaving.peer(peer.address(), "holder"));
        return new Claim(peer(), holder, new Standing(0, null), true);
    }

    /** What waits since long is no reason to go before others. */
    @Test
    void endATurnThoughMoreWaits() throws InterruptedException {
        Leaving.insert(peer.address(), 0);
        Claim claim = claimed();
        Leaving.insert(peer.address(), 3);
        TestDatabase.change(
                "update outbound set due_at = timestamptz '2026-11-21' where peer = ?", peer());
        Instant now = clock.instant();

        Optional<Instant> next = job(claim, now.minus(PeerJob.LONGEST), attempts).deliver();

        assertThat(next).hasValueSatisfying(due -> assertThat(due).isAfterOrEqualTo(now));
        awaitNoneWaiting();
    }

    /** Else whoever names paths of a host that never answers would hold up all others. */
    @Test
    void endATurnForWhichTheHostHasNoPlace() throws Exception {
        Leaving.insert(peer.address(), 0);
        Claim claim = claimed();
        Leaving.insert(peer.address(), 1);
        HostPlaces full = new HostPlaces();
        for (int i = 0; i < PeerJob.IN_FLIGHT; i++) {
            full.take(Targets.host(peer()), true);
        }
        Instant now = clock.instant();
        DeliverToPeer crowded = job(claim, now, attempts(calls, new WayOut(full, new OctetsOut())));
        FutureTask<Optional<Instant>> next = new FutureTask<>(crowded::deliver);
        Thread.ofVirtual().start(next);

        assertThat(next.get(20, TimeUnit.SECONDS))
                .hasValueSatisfying(due -> assertThat(due).isAfter(now.plus(PeerJob.ASIDE)));

        assertThat(Leaving.peer(peer.address(), "failures = 0 and sound")).isEqualTo("t");
        assertThat(Leaving.peer(peer.address(), "pause_until is not null")).isEqualTo("t");
        awaitNoneWaiting();
        assertThat(peer.sent()).hasSize(1);
    }

    @Test
    void sendNothingOnceTheClaimIsLostInWhoseNameItWaitedForRoom() throws InterruptedException {
        OctetsOut full = full();
        DeliverToPeer late = waiting(full);
        Thread delivering = Thread.ofVirtual().start(() -> deliver(late));
        assertThat(delivering.join(Duration.ofMillis(500))).isFalse();

        lease(Duration.ofHours(1));
        await("it has learnt that", () -> !late.maySend());
        full.giveBack(0, true);

        assertThat(delivering.join(Duration.ofSeconds(10))).isTrue();
        assertThat(peer.sent()).isEmpty();
    }

    @Test
    void takeNoClaimForTheirsAgainWhenTheDatabaseFails() throws InterruptedException {
        OctetsOut full = full();
        DeliverToPeer late = waiting(full);
        Thread delivering = Thread.ofVirtual().start(() -> deliver(late));
        assertThat(delivering.join(Duration.ofMillis(500))).isFalse();
        lease(Duration.ofHours(1));
        await("it has learnt that", () -> !late.maySend());

        TestDatabase.change(FAIL);
        await("its rounds fail", () -> failedRenewals() >= 2);
        full.giveBack(0, true);

        assertThat(delivering.join(Duration.ofSeconds(10))).isTrue();
        assertThat(peer.sent()).isEmpty();
    }

    private static int failedRenewals() {
        return Integer.parseInt(
                TestDatabase.ask(
                        "select case when is_called then last_value else 0 end"
                                + " from renewals_failed"));
    }

    private static OctetsOut full() {
        OctetsOut full = new OctetsOut();
        for (int i = 0; i < KIBIBYTES_FOR_USUAL; i++) {
            full.take(0, true);
        }
        return full;
    }

    /** Has one parcel to send, once there is room for it. */
    private DeliverToPeer waiting(OctetsOut full) {
        Leaving.insert(peer.address(), 0);
        Claim claim = claimed();
        Leaving.insert(peer.address(), 1);
        return job(claim, clock.instant(), attempts(calls, new WayOut(new HostPlaces(), full)));
    }

    private static void deliver(DeliverToPeer job) {
        try {
            job.deliver();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void lease(Duration time) {
        TestDatabase.change(
                "update peer set holder = gen_random_uuid(), lease_until = ?, due_at = null"
                        + " where address = ?",
                new Timestamp(System.currentTimeMillis() + time.toMillis()),
                peer());
    }

    private String peer() {
        return Leaving.peerOf(peer.address());
    }
}
