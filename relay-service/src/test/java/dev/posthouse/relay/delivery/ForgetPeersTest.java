package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.outbound.Leaving;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of peers for which nothing waits goes after a day. */
@QuarkusTest
class ForgetPeersTest {

    private static final String PEER = "forgotten.example";

    @Inject ForgetPeers forgetPeers;
    @Inject MovedClock clock;
    @Inject Peers peers;

    @BeforeEach
    @AfterEach
    void clear() {
        Leaving.forget(PEER);
    }

    private void knownFor(Duration time) {
        TestDatabase.change("insert into peer (address) values (?) on conflict do nothing", PEER);
        TestDatabase.change(
                "update peer set used = ? where address = ?",
                Timestamp.from(clock.instant().minus(time)),
                PEER);
    }

    private static boolean isKnown() {
        return TestDatabase.ask("select count(*) from peer where address = ?", PEER).equals("1");
    }

    @Test
    void forgetsAPeerAfterADay() {
        knownFor(Duration.ofHours(25));

        forgetPeers.forget();

        assertThat(isKnown()).isFalse();
    }

    @Test
    void keepsOneOfToday() {
        knownFor(Duration.ofHours(23));

        forgetPeers.forget();

        assertThat(isKnown()).isTrue();
    }

    @Test
    void keepsOneThatIsLeftAlone() {
        knownFor(Duration.ofHours(25));
        TestDatabase.change(
                "update peer set pause_until = timestamptz '2100-01-01' where address = ?", PEER);

        forgetPeers.forget();

        assertThat(isKnown()).isTrue();
    }

    @Test
    void keepsOneForWhichAParcelWaits() {
        knownFor(Duration.ofHours(25));
        TestDatabase.change(
                "update peer set pause_until = timestamptz '2100-01-01' where address = ?", PEER);
        Leaving.insert(PEER, 1);
        TestDatabase.change(
                "update outbound set due_at = timestamptz '2026-12-01' where peer = ?", PEER);

        // In one transaction, which locks it: nothing but the parcel keeps it, and no sweep comes
        // between.
        Instant now = clock.instant();
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    peers.update("pauseUntil = null, dueAt = null where address = ?1", PEER);
                    peers.forget(now.minus(Duration.ofDays(1)), now, 1_000);
                });

        assertThat(isKnown()).isTrue();
    }
}
