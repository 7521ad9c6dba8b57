package dev.posthouse.ca;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.ca.publication.FakeRepository.Misbehaviour.Answers;
import dev.posthouse.testing.Await;
import dev.posthouse.testing.LogWatch;
import dev.posthouse.testing.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Nothing secret and nothing foreign in the log (certificates, sections 7 and 11). */
@QuarkusTest
final class LogTest {

    @Test
    void namesSessionsByHashOnly() {
        FakeRepository repository = FakeRepository.running();
        TestCall call = new TestCall();
        repository.misbehave(new Answers(409, "cert.conflict", 0));
        try (LogWatch log = new LogWatch()) {
            call.post().then().statusCode(200);
            call.with("csr", "x").post().then().statusCode(409);
            Await.await("it is logged", () -> log.text().contains(call.jtiHash()));

            assertThat(log.text())
                    .contains("409 cert.conflict")
                    .doesNotContain(call.jti())
                    .doesNotContain(call.accessUrl())
                    .doesNotContain(call.sessionName())
                    .doesNotContain("BEGIN CERT");
        }
    }

    @Test
    void repeatsNothingOfWhatTheRepositorySays() {
        FakeRepository repository = FakeRepository.running();
        TestCall call = new TestCall();
        repository.misbehave(new Answers(400, "forged by R", 0));
        try (LogWatch log = new LogWatch()) {
            call.post().then().statusCode(200);
            Await.await("it is logged", () -> log.text().contains(call.jtiHash()));

            assertThat(log.text()).doesNotContain("forged");
        }
    }

    @Test
    void repeatsNothingForeign() {
        String foreign = "\u001b[31mforged";
        try (LogWatch log = new LogWatch();
                RawHttp connection = RawHttp.connect(CaUnderTest.door().url(), CaUnderTest.PROXY)) {
            String answer =
                    connection
                            .send(
                                    """
                                    POST /csr?%%0aforged HTTP/1.1\r
                                    Host: localhost\r
                                    Connection: close\r
                                    X-Request-Id: %s\r
                                    User-Agent: %s\r
                                    Content-Type: application/json\r
                                    Content-Length: 30\r
                                    \r
                                    {"session_name":"\\u000aforged"}\
                                    """
                                            .formatted(foreign, foreign))
                            .answer();

            assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("forged");
            assertThat(log.text()).doesNotContain("forged");
        }
    }
}
