package dev.posthouse.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Serials are distinct over 10⁵ issuances (certificates, section 15): minutes of them. */
@QuarkusTest
@Tag("soak")
final class DistinctSerialsTest {

    private static final int ISSUANCES = 100_000;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final String COPY =
            """
            insert into issuance (jti, state, csr_hash, content_hash, session_name, access_url, spki, client_addr,
              wan_addr, received_at, expires_at, attempts, due_at)
            select jti || '-' || i, 'RECEIVED', csr_hash, content_hash || i, session_name, access_url || i, spki,
              client_addr, wan_addr, received_at, now() + interval '1 day', 0, now()
            from issuance, generate_series(1, ?) as i where jti = ?
            """;
    private static final String FORGET =
            """
            delete from delivery where jti in (
              select jti from delivery where jti like ? || '-%' for update skip locked)
            """;
    private static final String OURS = " where jti like ? || '-%'";

    @Inject DataSource dataSource;

    @Test
    void areDistinct() throws Exception {
        FakeRepository.running();
        TestIssuance first = TestIssuance.any().add("ISSUED", null, Duration.ofHours(1));
        String jti = first.call().jti();
        try {
            TestDatabase.change(COPY, ISSUANCES, jti);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (issued(jti) < ISSUANCES) {
                assertThat(System.nanoTime()).as("issued: %d", issued(jti)).isLessThan(end);
                Thread.sleep(Duration.ofSeconds(1));
            }

            assertThat(serials(jti)).hasSize(ISSUANCES);
        } finally {
            TestDatabase.change("delete from issuance" + OURS, jti);
            TestDatabase.change("delete from certificate" + OURS, jti);
            // The worker goes on delivering meanwhile.
            while (!TestDatabase.ask("select count(*) from delivery" + OURS, jti).equals("0")) {
                TestDatabase.change(FORGET, jti);
            }
        }
    }

    private static int issued(String jti) {
        return Integer.parseInt(
                TestDatabase.ask(
                        "select count(*) from certificate" + OURS + " and state = 'ISSUED'", jti));
    }

    /** As the certificates themselves say. */
    private Set<BigInteger> serials(String jti) throws SQLException, IOException {
        Set<BigInteger> serials = new HashSet<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement all =
                        connection.prepareStatement("select der from certificate" + OURS)) {
            all.setString(1, jti);
            try (ResultSet row = all.executeQuery()) {
                while (row.next()) {
                    serials.add(new X509CertificateHolder(row.getBytes(1)).getSerialNumber());
                }
            }
        }
        return serials;
    }
}
