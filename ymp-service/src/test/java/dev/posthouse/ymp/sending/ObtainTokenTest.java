package dev.posthouse.ymp.sending;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.FakePeer;
import dev.posthouse.ymp.host.HostInformations;
import dev.posthouse.ymp.sending.Receiver.Packet;
import dev.posthouse.ymp.sending.Receiver.Reply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Section 4, as the sender drives it. */
@QuarkusTest
class ObtainTokenTest {

    @Inject HostInformations informations;

    private Receiver receiver;

    @BeforeEach
    void open() {
        receiver = new Receiver("mona");
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void sendsAsSoonAsTheGrantIsHere() {
        receiver.grantNothing();
        Posts.post(receiver.host(), "awaited");
        await("a token was asked for", () -> receiver.requests().size() == 1);
        await("the grant is awaited", () -> !"null".equals(peer("awaiting_until")));
        long begin = System.nanoTime();

        receiver.grantNow();

        await("it is sent", () -> receiver.inbox().size() == 1);
        Duration took = Duration.ofNanos(receiver.packets().getFirst().at() - begin);
        assertThat(took).isLessThan(Duration.ofMillis(800));
    }

    /** Another replica takes the host up once the lease has run out. */
    @Test
    void keepsTheHostForItselfHoweverSlowlyItTellsWhereItsDoorIs() {
        informations.forget(HostName.parse(receiver.host()));
        receiver.answerLate("/.well-known/ymp", FakePeer.information("/grant"));
        CompletableFuture<Double> left = receiver.leaseAt("/request");

        Posts.post(receiver.host(), "slow");

        assertThat(left.orTimeout(15, TimeUnit.SECONDS).join())
                .isGreaterThan(Receiver.UNLESS_RENEWED);
    }

    @Test
    void pausesWhenNoGrantComes() {
        receiver.grantNothing();

        Posts.post(receiver.host(), "forlorn");
        await("it was awaited in vain", () -> "1".equals(peer("failures")));
        Posts.post(receiver.host(), "beside it");
        await("it asks again", () -> receiver.requests().size() == 2);

        assertThat(gap(0)).isGreaterThan(Duration.ofMillis(1_900));
        receiver.grantNow();
        await("both are sent", () -> receiver.inbox().size() == 2);
        assertThat(receiver.inbox()).containsExactly("forlorn", "beside it");
    }

    @Test
    void asksAgainAfterAPauseWhenItIsRefused() {
        receiver.peer().answer("/request", 503, "");

        Posts.post(receiver.host(), "refused");

        await("it has failed", () -> Integer.parseInt(peer("failures")) >= 3);
        assertThat(receiver.packets()).isEmpty();
    }

    @Test
    void asksForTheNextTokenBesideAnAgingOne() {
        receiver.grantFor(Duration.ofSeconds(5));
        Instant end = Instant.ofEpochMilli(System.currentTimeMillis()).plusSeconds(9);
        int posted = 0;
        while (Instant.ofEpochMilli(System.currentTimeMillis()).isBefore(end)) {
            Posts.post(receiver.host(), "p" + posted++);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }

        int all = posted;
        await("all are sent", () -> receiver.inbox().size() == all);
        assertThat(receiver.inbox())
                .isEqualTo(IntStream.range(0, all).mapToObj(n -> "p" + n).toList());
        assertThat(receiver.requests()).hasSizeBetween(2, 4);
        assertThat(longestSilence()).isLessThan(Duration.ofMillis(1_500));
    }

    /** Neither hammered nor starved. */
    @Test
    void livesWithTokensOfThreeSeconds() {
        receiver.grantFor(Duration.ofSeconds(3));
        Instant end = Instant.ofEpochMilli(System.currentTimeMillis()).plusSeconds(10);
        int posted = 0;
        while (Instant.ofEpochMilli(System.currentTimeMillis()).isBefore(end)) {
            Posts.post(receiver.host(), "p" + posted++);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }

        int all = posted;
        await("all are sent", () -> receiver.inbox().size() == all);
        assertThat(receiver.requests()).hasSizeBetween(3, 8);
        assertThat(IntStream.range(0, receiver.requests().size() - 1).mapToObj(this::gap))
                .allMatch(gap -> gap.compareTo(Duration.ofMillis(900)) >= 0);
        assertThat(longestSilence()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void refreshesOnceAfterTrafficAndNotWithout() {
        receiver.grantFor(Duration.ofSeconds(4));

        Posts.post(receiver.host(), "alone");
        await("it is refreshed", () -> receiver.requests().size() == 2);
        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());

        assertThat(receiver.requests()).hasSize(2);
    }

    /** Nobody misses it before: then it is a failure like any other, and asked for again. */
    @Test
    void findsOutThatARefreshWasLostWhenTheOldTokenHasEnded() {
        receiver.grantFor(Duration.ofSeconds(4));
        Posts.post(receiver.host(), "before");
        await("it is sent", () -> receiver.inbox().size() == 1);
        receiver.grantNothing();
        await("it is refreshed", () -> receiver.requests().size() == 2);
        await("no grant is awaited any longer", () -> "t".equals(peer("awaiting_until < now()")));
        assertThat(peer("failures")).isEqualTo("0");

        Posts.post(receiver.host(), "after");

        await("it is asked for again", () -> receiver.requests().size() == 3);
        assertThat(peer("failures")).isEqualTo("1");
        receiver.grantNow();
        await("it is sent too", () -> receiver.inbox().size() == 2);
        await("all is well", () -> "0".equals(peer("failures")));
    }

    @Test
    void asksAtMostOnceASecond() {
        receiver.judge(packet -> Reply.of(401));

        Posts.post(receiver.host(), "never");
        await("it has asked four times", () -> receiver.requests().size() >= 4);

        for (int i = 0; i < 3; i++) {
            assertThat(gap(i)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
        }
    }

    private Duration gap(int request) {
        List<Instant> requests = receiver.requests();
        return Duration.between(requests.get(request), requests.get(request + 1));
    }

    private Duration longestSilence() {
        List<Packet> packets = receiver.packets();
        long longest = 0;
        for (int i = 1; i < packets.size(); i++) {
            longest = Math.max(longest, packets.get(i).at() - packets.get(i - 1).at());
        }
        return Duration.ofNanos(longest);
    }

    private String peer(String column) {
        return String.valueOf(
                TestDatabase.ask(
                        "select " + column + " from peer where host = ?", receiver.host()));
    }
}
