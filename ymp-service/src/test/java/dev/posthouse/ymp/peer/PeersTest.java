package dev.posthouse.ymp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is known of a host, whoever races for it (YMP, sections 4 and 9). */
@QuarkusTest
class PeersTest {

    /** Long before the running sender would find them due. */
    private static final Instant NOW = Instant.parse("2099-11-22T19:00:00Z");

    private final HostName host = HostName.parse(UUID.randomUUID() + ".example");

    @Inject Peers peers;

    @Test
    void blocksAndUnblocks() throws Exception {
        assertThat(within(() -> peers.isBlocked(host))).isFalse();
        within(() -> peers.block(host));
        within(() -> peers.block(host));

        assertThat(within(() -> peers.isBlocked(host))).isTrue();
        assertThat(within(() -> peers.unblock(host))).isTrue();
        assertThat(within(() -> peers.unblock(host))).isFalse();
        assertThat(within(() -> peers.isBlocked(host))).isFalse();
    }

    @Test
    void letsOneOfManyAsk() throws Exception {
        Callable<Boolean> ask = () -> within(() -> peers.mayAsk(host, NOW));
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> asked = many.invokeAll(Collections.nCopies(20, ask));

            assertThat(asked).filteredOn(Future::resultNow).hasSize(1);
        }
    }

    @Test
    void letsNobodyAskTwiceASecond() throws Exception {
        within(() -> peers.mayAsk(host, NOW));
        within(() -> peers.noLongerAwait(host));

        assertThat(within(() -> peers.mayAsk(host, NOW.plusMillis(999)))).isFalse();
        assertThat(within(() -> peers.mayAsk(host, NOW.plusMillis(1000)))).isTrue();
    }

    @Test
    void letsNobodyAskWhileAGrantIsAwaited() throws Exception {
        within(() -> peers.mayAsk(host, NOW));
        within(() -> peers.await(host, NOW.plusSeconds(15)));

        assertThat(within(() -> peers.mayAsk(host, NOW.plusSeconds(14)))).isFalse();
        assertThat(within(() -> peers.mayAsk(host, NOW.plusSeconds(15)))).isTrue();
    }

    @Test
    void letsAnotherAskWhenTheFirstNeverSaysWhatCameOfIt() throws Exception {
        within(() -> peers.mayAsk(host, NOW));

        assertThat(within(() -> peers.mayAsk(host, NOW.plusSeconds(19)))).isFalse();
        assertThat(within(() -> peers.mayAsk(host, NOW.plusSeconds(20)))).isTrue();
    }

    @Test
    void awaitsNothingWhenTheTokenCameFirst() throws Exception {
        within(() -> peers.mayAsk(host, NOW));
        within(() -> peers.tokenArrived(host, NOW));
        within(() -> peers.await(host, NOW.plusSeconds(15)));

        assertThat(column("awaiting_until is null")).isEqualTo("t");
        assertThat(column("due_at = timestamptz '" + NOW + "'")).isEqualTo("t");
    }

    @Test
    void aTokenDoesNotShortenABackoff() throws Exception {
        Instant later = NOW.plus(Duration.ofMinutes(1));
        within(() -> peers.tokenArrived(host, NOW));
        TestDatabase.change(
                "update peer set due_at = null, backoff_until = ?::timestamptz where host = ?",
                later.toString(),
                host.text());

        within(() -> peers.tokenArrived(host, NOW));

        assertThat(column("due_at = timestamptz '" + later + "'")).isEqualTo("t");
    }

    @Test
    void keepsWhatKnownHostsSayAndNothingOfStrangers() throws Exception {
        KeptInformation said = new KeptInformation("{}", NOW);
        within(() -> peers.keepInformation(host, said));
        assertThat(column("1")).isEqualTo("no row");

        within(() -> peers.block(host));
        within(() -> peers.keepInformation(host, said));

        assertThat(within(() -> peers.information(host))).contains(said);
        within(() -> peers.forgetInformation(host));
        assertThat(within(() -> peers.information(host))).isEmpty();
    }

    private String column(String expression) {
        return TestDatabase.ask("select " + expression + " from peer where host = ?", host.text());
    }

    private static <T> T within(Callable<T> step) {
        return QuarkusTransaction.requiringNew().call(step);
    }

    private static void within(Runnable step) {
        QuarkusTransaction.requiringNew().run(step);
    }
}
