package dev.posthouse.relay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The service under test is the vectors' Internet gateway (PoHTTP, section 6). */
@QuarkusTest
class OwnIdentityTest {

    @Inject OwnIdentity us;
    @Inject MovedClock clock;

    private static NodeCertificate imported() throws IOException {
        return vector("internet-gateway");
    }

    private static NodeCertificate vector(String name) throws IOException {
        return NodeCertificate.parse(
                Files.readAllBytes(Path.of(RelayUnderTest.VECTORS, "certs", name + ".der")));
    }

    @Test
    void isWhoTheImportedCertificateSays() throws IOException {
        assertThat(us.certificate()).isEqualTo(imported());
        assertThat(us.id()).isEqualTo(imported().id());
        assertThat(us.publicKey()).isEqualTo(imported().publicKey());
        assertThat(us.trusted(clock.instant())).contains(imported());
        assertThat(us.trusted(imported().notAfter().plusSeconds(1))).doesNotContain(imported());
    }

    @Test
    void signs() {
        byte[] octets = {1, 2, 3};

        byte[] signature = us.sign(octets);

        assertThat(us.hasSigned(octets, signature)).isTrue();
        assertThat(us.hasSigned(new byte[] {1, 2, 4}, signature)).isFalse();
        assertThat(us.hasSigned(octets, new byte[0])).isFalse();
    }

    @Test
    void knowsWhatItIssued() throws IOException {
        Instant now = clock.instant();
        NodeCertificate gateway = vector("private-gateway");

        assertThat(us.hasIssued(gateway, now)).isTrue();
        assertThat(us.hasIssued(us.issueFor(gateway.publicKey(), now), now)).isTrue();
        assertThat(us.hasIssued(gateway, gateway.notAfter().plusSeconds(1))).isFalse();
        assertThat(us.hasIssued(gateway, gateway.notBefore().minusSeconds(1))).isFalse();
        assertThat(us.hasIssued(vector("recipient-endpoint"), now)).isFalse();
    }

    @Test
    void renewsItsCertificateOverTheSameKey() throws IOException {
        NodeCertificate before = imported();
        clock.during(
                Duration.ofDays(181),
                () -> {
                    us.refresh();
                    NodeCertificate renewed = us.certificate();
                    us.refresh();

                    assertThat(renewed).isNotEqualTo(before).isEqualTo(us.certificate());
                    assertThat(renewed.id()).isEqualTo(before.id());
                    assertThat(us.trusted(clock.instant())).contains(before, renewed);
                });
        TestDatabase.change(
                "delete from own_certificate where digest <> ?", (Object) before.digest());
        us.refresh();
        assertThat(us.certificate()).isEqualTo(before);
    }
}
