package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.Service;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two hosts with databases of their own exchange messages (YMP, section 10): whatever happens to
 * them, each message is once in the inbox of the other. {@code -Dkills} says how often each is
 * killed, {@code -Dseed} repeats the moments of an earlier run. Messages are sent until the last
 * kill, so that each falls while some are under way.
 */
final class YmpExchangeIT {

    private static final int KILLS = Integer.getInteger("posthouse.kills", 1);
    private static final long SEED =
            Long.getLong("posthouse.seed", System.currentTimeMillis() % 1_000_000);
    private static final int MESSAGES = 1_000;
    private static final int SENDERS = 8;
    private static final int FEW = 100;

    /** What a victim has claimed waits for its lease. */
    private static final Duration PATIENCE = Duration.ofSeconds(90).plusSeconds(25L * KILLS);

    private final Running suite = Running.suite();
    private final Tls application = Tls.of(suite.pki(), "application");
    private final YmpHost west = new YmpHost(suite.processes().service(Service.YMP), application);
    private final YmpHost east = new YmpHost(suite.processes().service(Running.EAST), application);
    private final YmpOperator operator = new YmpOperator(Tls.of(suite.pki(), "operator"));

    @AfterEach
    void close() {
        operator.close();
        west.close();
        east.close();
    }

    @Test
    void nothingIsLostOrDoubledWhenEitherIsKilled() throws Exception {
        System.out.printf("kill -9 of two hosts, %d times each, seed %d%n", KILLS, SEED);
        Random moments = new Random(SEED);
        try (Letters eastward = Letters.begin(SENDERS, west, east, PATIENCE);
                Letters westward = Letters.begin(SENDERS, east, west, PATIENCE)) {
            eastward.awaitReceived(FEW);
            westward.awaitReceived(FEW);
            Heap heap = Heap.of(suite);
            for (int kill = 0; kill < KILLS; kill++) {
                boolean eastFirst = moments.nextBoolean();
                dropTokens();
                Thread.sleep(moments.nextLong(500));
                kill(eastFirst ? east : west, eastward, westward);
                dropTokens();
                Thread.sleep(moments.nextLong(500));
                kill(eastFirst ? west : east, eastward, westward);
            }
            eastward.enough(MESSAGES);
            westward.enough(MESSAGES);
            assertAllCame(eastward, east);
            assertAllCame(westward, west);
            assertThat(dead(east) + dead(west)).isZero();
            heap.assertFlat();
        }
    }

    /** So that the kill may meet any step of getting another. */
    private void dropTokens() throws Exception {
        operator.dropToken(west, east);
        operator.dropToken(east, west);
    }

    /** Had all been settled before, nothing would be shown. */
    private void kill(YmpHost victim, Letters... letters) {
        victim.process().part().kill();
        assertThat(Stream.of(letters).mapToInt(Letters::underWay).sum())
                .as("messages under way at the kill")
                .isPositive();
        suite.crash(victim.process());
    }

    private void assertAllCame(Letters letters, YmpHost to) throws Exception {
        int all = letters.enough(MESSAGES);
        letters.assertEachCameExactlyOnce(all);
        assertThat(kept(to, letters)).isEqualTo(all);
    }

    @Test
    void whatIsSentToAHostThatIsAwayWaitsForIt() throws Exception {
        Part away = east.process().part();
        away.stop();
        try (Letters letters = Letters.begin(FEW, 1, west, east, PATIENCE)) {
            letters.awaitSent();
            away.start();
            away.awaitReady(Running.PATIENCE);

            letters.assertEachCameInOrder(FEW);
        }
    }

    /** What is acknowledged is kept, without its text, to know a repeat by. */
    private long kept(YmpHost host, Letters letters) {
        return suite.count(
                host.process(),
                "select count(*) from inbox where id like '%s-%%'".formatted(letters.run()));
    }

    private long dead(YmpHost host) {
        return suite.count(host.process(), "select count(*) from outgoing where dead is not null");
    }
}
