package dev.posthouse.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.ca.certificate.TestPurge;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is forgotten, and when (certificates, sections 9 and 13). */
@QuarkusTest
final class PurgeTest {

    @Inject PurgeIssuances purgeIssuances;
    @Inject TestPurge others;

    @BeforeEach
    void aRepository() {
        FakeRepository.running();
    }

    @Test
    void forgetsRequestsAnHourAfterTheirEnd() {
        TestIssuance recent = TestIssuance.any().add("ISSUED", null, Duration.ofMinutes(-59));
        TestIssuance old = TestIssuance.any().add("ISSUED", null, Duration.ofMinutes(-61));
        TestIssuance refused = TestIssuance.any().add("REFUSED", "x", Duration.ofMinutes(-61));

        purgeIssuances.purge();

        assertThat(recent.call().recorded("state")).isEqualTo("ISSUED");
        assertThat(old.call().recorded("state")).isEqualTo("no row");
        assertThat(refused.call().recorded("state")).isEqualTo("no row");
    }

    @Test
    void keepsCertificatesForAYearAfterTheirEnd() {
        certificate("kept01", "VOID", Duration.ofDays(-364));
        certificate("gone01", "VOID", Duration.ofDays(-366));
        certificate("kept02", "SIGNING", Duration.ofDays(-366));

        others.purgeCertificates();

        assertThat(state("kept01")).isEqualTo("VOID");
        assertThat(state("gone01")).isEqualTo("no row");
        assertThat(state("kept02")).isEqualTo("SIGNING");
    }

    private static void certificate(String serial, String state, Duration ended) {
        TestIssuance.any().serial(serial, state, Duration.ofHours(1));
        TestDatabase.change(
                "update certificate set not_after = now() + ? * interval '1 s' where serial = ?",
                ended.toSeconds(),
                serial);
    }

    private static String state(String serial) {
        return TestDatabase.ask("select state from certificate where serial = ?", serial);
    }
}
