package dev.posthouse.ymp.sending;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.asking.HeldTokens;
import dev.posthouse.ymp.outgoing.MessageDue;
import dev.posthouse.ymp.peer.PeerPolicy;
import dev.posthouse.ymp.sending.Receiver.Reply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several senders over one database, the service's own among them. */
@QuarkusTest
class ReplicasTest {

    private static final int REPLICAS = 3;

    @Inject Destinations destinations;
    @Inject HeldTokens tokens;
    @Inject ObtainToken obtain;
    @Inject DeliverPacket deliver;
    @Inject RecordDelivery records;
    @Inject RecordFailure failures;
    @Inject PeerPolicy policy;
    @Inject Clock clock;

    private final List<DeliverMessages> replicas = new ArrayList<>();
    private Receiver receiver;

    @BeforeEach
    void open() {
        receiver = new Receiver("nora");
        for (int i = 0; i < REPLICAS; i++) {
            DeliverMessages replica =
                    new DeliverMessages(
                            new ClaimHosts(destinations, clock),
                            new Jobs(policy, sender(), failures),
                            clock);
            replica.start(null);
            replicas.add(replica);
        }
    }

    private SendToHost sender() {
        return new SendToHost(tokens, obtain, deliver, records, clock);
    }

    @AfterEach
    void close() {
        replicas.forEach(replica -> replica.stop(null));
        receiver.close();
    }

    @Test
    void sendOnePacketAtATimeAndEachMessageOnce() {
        HostName host = HostName.parse(receiver.host());
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        receiver.peer()
                .answer(
                        "/packet",
                        (request, body) -> {
                            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                            receiver.later(
                                    Duration.ofMillis(5),
                                    () -> {
                                        underWay.decrementAndGet();
                                        receiver.take(request, body);
                                    });
                        });
        for (int batch = 0; batch < 20; batch++) {
            for (int n = 0; n < 10; n++) {
                Posts.post(receiver.host(), "r" + (batch * 10 + n));
            }
            replicas.forEach(replica -> replica.wake(new MessageDue(host)));
        }

        await("all are sent", () -> receiver.inbox().size() >= 200);
        assertThat(receiver.inbox())
                .isEqualTo(IntStream.range(0, 200).mapToObj(n -> "r" + n).toList());
        assertThat(most).hasValue(1);
    }

    /** What a kill -9 between the claim and the packet leaves behind. */
    @Test
    void takeUpWhatAKilledReplicaHeld() {
        receiver.judge(packet -> Reply.of(204));
        Posts.insert(receiver.host(), 0);
        TestDatabase.change(
                "update peer set lease_until = now() + interval '2 seconds' where host = ?",
                receiver.host());
        long begin = System.nanoTime();
        Posts.insert(receiver.host(), 3);

        await("they are sent", () -> receiver.inbox().size() == 3);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(5));
        assertThat(Destinations.LEASE.plusSeconds(2)).isLessThanOrEqualTo(Duration.ofSeconds(20));
    }

    /** A job that was away for so long that another has the host now. */
    @Test
    void leaveAHostWhoseLeaseIsSomebodyElses() {
        Posts.insert(receiver.host(), 0);
        TestDatabase.change(
                "update peer set lease_until = now() + interval '1 hour' where host = ?",
                receiver.host());
        Posts.insert(receiver.host(), 3);
        Job late =
                new Job(
                        new Claim(
                                HostName.parse(receiver.host()),
                                clock.instant().minusSeconds(60),
                                0,
                                false,
                                new Claim.Times(null, null, null)));

        sender().send(late);

        assertThat(receiver.packets()).isEmpty();
        assertThat(
                        TestDatabase.ask(
                                "select lease_until > now() + interval '50 minutes' from peer where host = ?",
                                receiver.host()))
                .isEqualTo("t");
        Receiver.forget(receiver.host());
    }
}
