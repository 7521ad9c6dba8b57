package dev.posthouse.proxy;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.await;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.proxy.ProxyUnderTest.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.proxy.ca.FakeCa.Answer;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.LogWatch;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** What logs say, and what they must not (certificates, sections 4, 7 and 11). */
@QuarkusTest
final class LogTest {

    @TestHTTPResource(tls = true)
    URI url;

    @Test
    void showNeitherAccessUrlsNorSessionNames() {
        String good = sessionName();
        String refused = sessionName();
        String failing = sessionName();
        String[] secrets = new String[6];
        try (LogWatch log = new LogWatch();
                FakeCa ca =
                        new FakeCa()
                                .when(refused, n -> Answer.problem(400, "csr.key.size"))
                                .when(failing, n -> Answer.problem(500, "internal"))) {
            ProxyUnderTest proxy = new ProxyUnderTest(url);
            int i = 0;
            for (String session : new String[] {good, refused, failing}) {
                secrets[i++] = session;
                secrets[i++] =
                        proxy.post(session, address())
                                .then()
                                .statusCode(200)
                                .extract()
                                .path("access_url");
            }
            await(() -> state(secrets[1]).equals("FORWARDED"));
            await(() -> state(secrets[3]).equals("REFUSED"));
            await(() -> ca.received(failing).size() > 1);
            proxy.post(CsrMaker.p256().csr(good, address()), good, address());
            TestDatabase.change(
                    "update session set expires_at = now() - interval '1 second' where access_url = '"
                            + secrets[5]
                            + "'");
            await(() -> state(secrets[5]).equals("EXPIRED"));

            assertThat(log.text())
                    .contains("The CA refuses session")
                    .contains("HTTP 500")
                    .contains("ended before the CA took its CSR");
            for (String secret : secrets) {
                assertThat(log.text()).doesNotContain(secret);
                assertThat(log.text())
                        .doesNotContain(secret.substring(secret.lastIndexOf('/') + 1));
            }
        }
    }

    @Test
    void carryTheRequestIdAndEscapeWhatIsForeign() {
        try (LogWatch log = new LogWatch()) {
            // The database refuses the row of this one, which is nobody's fault but ours.
            TestDatabase.change("alter table session rename to session_away");
            try {
                String client = address();
                String session = sessionName();
                new ProxyUnderTest(url)
                        .door()
                        .anonymous()
                        .header("Forwarded", "for=" + client)
                        .header("X-Request-Id", "find-me-7")
                        .contentType("application/json")
                        .body(
                                java.util.Map.of(
                                        "csr",
                                        CsrMaker.p256().csr(session, client),
                                        "session_name",
                                        session))
                        .post("/csr")
                        .then()
                        .statusCode(500)
                        .body("code", equalTo("internal"))
                        .body("detail", not(org.hamcrest.Matchers.containsString("session")));
            } finally {
                TestDatabase.change("alter table session_away rename to session");
            }

            ExtLogRecord failure =
                    log.records().stream()
                            .filter(record -> record.getMessage().contains("Unexpected failure"))
                            .findFirst()
                            .orElseThrow();
            JsonPath json = new JsonPath(new JsonFormatter().format(failure));
            assertThat(json.getString("mdc.requestId")).isEqualTo("find-me-7");
            assertThat(json.getString("mdc.traceId")).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void keepAForeignLineBreakInsideItsLine() {
        ExtLogRecord record =
                new ExtLogRecord(
                        org.jboss.logmanager.Level.WARN,
                        "a\r\n2026-11-22 WARN forged \u001b[31m\u2028line",
                        "test");

        String line = new JsonFormatter().format(record);

        assertThat(line.strip()).doesNotContain("\n").doesNotContain("\r").doesNotContain("\u001b");
    }
}
