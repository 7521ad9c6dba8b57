package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.outbound.Leaving;
import dev.posthouse.relay.outbound.Waiting;
import dev.posthouse.testing.FailingCommits;
import dev.posthouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 9: what came of attempts, when the database does not take it at once. */
@QuarkusTest
class RecordRoundTest {

    private static final String PEER = "refusing.example";

    @Inject RecordRound records;
    @Inject RelayConfig settings;
    @Inject MovedClock clock;
    @Inject MeterRegistry metrics;

    private final UUID holder = UUID.randomUUID();

    @BeforeEach
    void open() {
        Leaving.forget(PEER);
        TestDatabase.change(
                "insert into peer (address, holder, lease_until)"
                        + " values (?, ?, timestamptz '2100-01-01')",
                PEER,
                holder);
        Leaving.insertForNobody(PEER, 1);
    }

    @AfterEach
    void close() {
        Leaving.forget(PEER);
    }

    private double died() {
        return metrics.get("posthouse.relay.outbound.died").counter().count();
    }

    private PeerJob refused(Instant now) {
        Claim claim = new Claim(PEER, holder, new Standing(0, null));
        PeerJob job = new PeerJob(claim, Schedule.of(settings.delivery()), now);
        Waiting parcel = records.record(job, 1, now).orElseThrow().getFirst();
        job.began(parcel);
        job.ended(new Attempt(parcel, new Outcome.Refused("403")), 0.5, now);
        return job;
    }

    @Test
    void countsADeadLetterOnceHoweverOftenItIsRecorded() {
        Instant now = clock.instant();
        PeerJob job = refused(now);
        double before = died();

        try (var _ = FailingCommits.of("update of dead on outbound")) {
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> records.record(job, 0, now));
            assertThat(died()).isEqualTo(before);
        }

        records.record(job, 0, now);
        assertThat(died()).isEqualTo(before + 1);
        assertThat(Leaving.parcel(PEER, "m1", "dead")).isEqualTo("403");
    }
}
