package dev.posthouse.ymp;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.testing.LogWatch;
import dev.posthouse.testing.TestPostgres;
import dev.posthouse.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** What callers and operators hear while the database is away. */
@QuarkusTest
class OutageTest {

    private final PacketPass pass = PacketPass.issue();

    private Response packet() {
        return YmpUnderTest.stranger()
                .contentType("application/json")
                .header("Authorization", "Bearer " + pass.token())
                .body("{\"packet\":{\"messages\":[]}}")
                .post("/packet");
    }

    private static Response message() {
        return application()
                .contentType("application/json")
                .body(
                        """
                        {"host": "else.example", "protocol": "p", "service": "s", "action": "a",
                         "payload": {}, "sender": {"protocol": "p", "service": "s"}}
                        """)
                .post("/messages");
    }

    private static Response grant() {
        return YmpUnderTest.stranger()
                .contentType("application/json")
                .body(
                        """
                        {"host": "else.example", "token": "abc", "state": "s", "expires": %d}
                        """
                                .formatted(System.currentTimeMillis() / 1_000 + 3_600))
                .post("/grant");
    }

    private static Response request() {
        return YmpUnderTest.stranger()
                .body("{\"host\": \"else.example\", \"state\": \"s\"}")
                .post("/request");
    }

    private static RequestSpecification application() {
        return YmpUnderTest.stranger()
                .header("Authorization", "Bearer " + TestTokens.of("ymp-application"));
    }

    /** A line for each request says it; what each layer below would say of it says no more. */
    @Test
    void asksToComeBackAndSaysWhyInOneLineEach() {
        TestPostgres.stop();
        try {
            for (Supplier<Response> request :
                    List.<Supplier<Response>>of(
                            this::packet, OutageTest::grant, OutageTest::message)) {
                try (LogWatch log = new LogWatch()) {
                    request.get()
                            .then()
                            .statusCode(503)
                            .header("Retry-After", "2")
                            .body("code", equalTo("dependency.database"));
                    assertThat(lines(log, "dev.posthouse.common.door")).as(log.text()).hasSize(1);
                    assertThat(lines(log, "org.hibernate")).as(log.text()).isEmpty();
                    assertThat(lines(log, "io.agroal")).as(log.text()).isEmpty();
                    assertThat(lines(log, "com.arjuna")).as(log.text()).isEmpty();
                }
            }
        } finally {
            TestPostgres.start();
        }
        await("it is back", () -> packet().statusCode() == 204);
    }

    /** Neither needs the database. */
    @Test
    void takesRequestsAndTellsWhatWeAre() {
        TestPostgres.stop();
        try {
            request().then().statusCode(204);
            YmpUnderTest.stranger()
                    .get("/.well-known/ymp")
                    .then()
                    .statusCode(200)
                    .body("ymp-version", equalTo("0.1.0"));
        } finally {
            TestPostgres.start();
        }
        await("it is back", () -> packet().statusCode() == 204);
    }

    private static List<String> lines(LogWatch log, String logger) {
        return log.records().stream()
                .filter(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
                .map(ExtLogRecord::getLoggerName)
                .filter(name -> name.startsWith(logger))
                .toList();
    }
}
