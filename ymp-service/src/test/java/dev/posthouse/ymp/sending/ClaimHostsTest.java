package dev.posthouse.ymp.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPostgres;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is taken up by one replica while another stands still, long before the service would. */
@QuarkusTest
class ClaimHostsTest {

    private static final HostName HELD = HostName.parse("held.example");
    private static final HostName FREE = HostName.parse("free.example");
    private static final Instant THEN = Instant.parse("2100-01-01T00:00:00Z");

    @Inject Destinations destinations;

    @BeforeEach
    void open() {
        close();
        TestDatabase.change("insert into peer (host) values (?), (?)", HELD.text(), FREE.text());
    }

    @AfterEach
    void close() {
        TestDatabase.change("delete from peer where host in (?, ?)", HELD.text(), FREE.text());
    }

    /** Or its machine has gone without a word, and its transaction has not ended yet. */
    @Test
    void claimsOthersThoughAReplicaStandsStillInTheMidstOfOne() throws SQLException {
        ClaimHosts claims = new ClaimHosts(destinations, Clock.fixed(THEN, ZoneOffset.UTC));
        try (Connection still = TestPostgres.connect(TestPostgres.database("posthouse_ymp"));
                Statement statement = still.createStatement()) {
            still.setAutoCommit(false);
            statement.execute("select 1 from peer where host = '" + HELD + "' for update");
            claims.wake(HELD);
            claims.wake(FREE);
            long begun = System.nanoTime();

            assertThat(claims.claim(1_000))
                    .extracting(Claim::host)
                    .contains(FREE)
                    .doesNotContain(HELD);

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(3));
            still.rollback();
        }
        claims.wake(HELD);
        assertThat(claims.claim(1_000)).extracting(Claim::host).contains(HELD);
    }
}
