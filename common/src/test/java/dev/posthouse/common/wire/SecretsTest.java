package dev.posthouse.common.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Certificates, sections 4 and 7: no text shows a session name or an AccessURL. */
final class SecretsTest {

    private static final String SECRET = "correct-horse-battery-staple";

    static final Object[] BODIES = {
        new CsrRequest("csr", SECRET),
        new CsrResponse(SECRET, 1),
        new CaCsrRequest("csr", "10.0.0.1", "192.0.2.1", SECRET, SECRET),
        new CertRequest("cert", "10.0.0.1", SECRET, SECRET),
        new RefusalRequest(SECRET, SECRET, "csr.key.size"),
        new CollectRequest(SECRET),
        new CollectResponse("cert", SECRET),
    };

    @ParameterizedTest
    @FieldSource("BODIES")
    void areNotShown(Object body) {
        assertThat(body.toString()).doesNotContain(SECRET);
    }
}
