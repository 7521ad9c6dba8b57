package dev.posthouse.client.cert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.pki.KeyType;
import dev.posthouse.client.pki.TestDevice;
import dev.posthouse.client.testing.TestSite;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenewalTest {

    @Test
    void itIsDueAroundTwoThirdsOfTheLifetimeAndStaysThere() {
        PublicKey key = KeyType.P256.generate().getPublic();
        Set<Duration> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            X509Certificate certificate =
                    TestDevice.at("127.0.0.1").issue(TestSite.ISSUING, key, TestSite.CLOCK);
            Instant from = certificate.getNotBefore().toInstant();
            double lifetime =
                    Duration.between(from, certificate.getNotAfter().toInstant()).toSeconds();

            Duration due = Duration.between(from, new Renewal(certificate).due());

            assertThat(due.toSeconds() / lifetime).isBetween(0.61, 0.72);
            assertThat(new Renewal(certificate).due()).isEqualTo(from.plus(due));
            seen.add(due);
        }
        assertThat(seen).hasSizeGreaterThan(40);
    }
}
