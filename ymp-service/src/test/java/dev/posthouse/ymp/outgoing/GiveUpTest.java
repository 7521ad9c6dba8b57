package dev.posthouse.ymp.outgoing;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.FailingCommits;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.sending.Posts;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** YMP, section 6: messages that have waited for too long, when the database fails. */
@QuarkusTest
class GiveUpTest {

    private static final String HOST = "given-up.example";

    @Inject GiveUp giveUp;
    @Inject MeterRegistry metrics;

    @AfterEach
    void forget() {
        TestDatabase.change("delete from outgoing where host = ?", HOST);
        TestDatabase.change("delete from peer where host = ?", HOST);
    }

    private double died() {
        return metrics.get("posthouse.ymp.outbox.died").counter().count();
    }

    @Test
    void countsADeadLetterOnceItIsCommitted() {
        double before = died();
        try (var _ = FailingCommits.of("update of dead on outgoing")) {
            Posts.insert(HOST, 2);
            TestDatabase.change(
                    "update outgoing set posted = now() - interval '73 hours' where host = ?",
                    HOST);

            giveUp.giveUp();

            assertThat(died()).isEqualTo(before);
            assertThat(Posts.waiting(HOST)).isEqualTo(2);
        }
        giveUp.giveUp();

        // The service's own round may come first, or come later for what an attempt holds just now.
        await("they are dead", () -> Posts.waiting(HOST) == 0);
        await("both are counted", () -> died() == before + 2);
    }
}
