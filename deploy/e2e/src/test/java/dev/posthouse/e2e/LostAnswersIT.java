package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.CsrMaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each hop's answer lost once: the repeat finds what the first left (certificates, section 9). */
final class LostAnswersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Running suite = Running.suite();
    private final Device.Session session = Device.session(CsrMaker.p256());

    @Test
    void proxyAsksTheCaAgain() {
        suite.proxyToCa().loseAnswer(session.name());

        Device.Answer answer = suite.device().obtain(session, PATIENCE).orElseThrow();

        assertThat(suite.proxyToCa().hasLost(session.name())).isTrue();
        assertThat(answer.status()).isEqualTo(200);
        assertOneCertificate();
    }

    @Test
    void caBringsTheCertificateAgain() {
        suite.caToRepository().loseAnswer(session.name());

        Device.Answer answer = suite.device().obtain(session, PATIENCE).orElseThrow();

        assertThat(suite.caToRepository().hasLost(session.name())).isTrue();
        assertThat(answer.status()).isEqualTo(200);
        assertOneCertificate();
    }

    @Test
    void clientSubmitsAndCollectsAgain() throws Exception {
        Device device = suite.device();
        RawPost.andHangUp(suite, suite.url(Service.PROXY).resolve("/csr"), RawPost.csr(session));
        String accessUrl = device.submit(session).text("access_url");
        assertThat(device.obtain(session, PATIENCE)).isPresent();
        RawPost.andHangUp(suite, java.net.URI.create(accessUrl), RawPost.collection(session));

        Device.Answer answer = device.collect(accessUrl, session);

        assertThat(answer.status()).isEqualTo(200);
        assertOneCertificate();
        assertThat(
                        suite.count(
                                Service.PROXY,
                                "select count(*) from session where access_url = '"
                                        + accessUrl
                                        + "'"))
                .isEqualTo(1);
    }

    private void assertOneCertificate() {
        assertThat(
                        suite.count(
                                Service.CA,
                                "select count(*) from certificate c join issuance i using (jti)"
                                        + " where c.state = 'ISSUED' and i.session_name = '"
                                        + session.name()
                                        + "'"))
                .isEqualTo(1);
    }
}
