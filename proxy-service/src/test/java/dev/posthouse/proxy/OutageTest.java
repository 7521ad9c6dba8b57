package dev.posthouse.proxy;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.await;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.proxy.ProxyUnderTest.state;
import static dev.posthouse.testing.TestDatabase.ask;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestKafka;
import dev.posthouse.testing.TestPostgres;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Certificates, sections 9 and 12: what works while a part is away, and recovery without hands. */
@QuarkusTest
final class OutageTest {

    @TestHTTPResource(tls = true)
    URI url;

    @TestHTTPResource(value = "", management = true)
    URI management;

    private String management() {
        return management.toString().replaceAll("/$", "");
    }

    private ProxyUnderTest proxy() {
        return new ProxyUnderTest(url);
    }

    private int ready() {
        return given().get(management() + "/health/ready").statusCode();
    }

    private int live() {
        return given().get(management() + "/health/live").statusCode();
    }

    @Test
    void asksToComeBackWhileTheDatabaseIsAway() {
        String session = sessionName();
        String client = address();
        String csr = CsrMaker.p256().csr(session, client);
        try (FakeCa ca = new FakeCa()) {
            TestPostgres.stop();
            try {
                long begun = System.nanoTime();
                proxy().post(csr, session, client)
                        .then()
                        .statusCode(503)
                        .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                        .body("code", equalTo("dependency.database"));
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .isLessThan(Duration.ofSeconds(8));
                assertThat(ready()).isEqualTo(503);
                assertThat(live()).isEqualTo(200);
                // What needs no database is refused as ever.
                proxy().post("garbage", sessionName(), address()).then().statusCode(400);
            } finally {
                TestPostgres.start();
            }

            Response[] answer = new Response[1];
            await(() -> {
                answer[0] = proxy().post(csr, session, client);
                return answer[0].statusCode() == 200;
            });
            await(() -> state(answer[0].path("access_url")).equals("FORWARDED"));
            await(() -> ready() == 200);
            assertThat(ca.received(session)).isNotEmpty();
        }
    }

    @Test
    void acceptsAndHandsOverWhileKafkaIsAway() {
        List<String> accepted = new ArrayList<>();
        try (FakeCa ca = new FakeCa()) {
            TestKafka.stop();
            try {
                for (int i = 0; i < 3; i++) {
                    accepted.add(
                            proxy().post(sessionName(), address())
                                    .then()
                                    .statusCode(200)
                                    .extract()
                                    .path("access_url"));
                }
                accepted.forEach(one -> await(() -> state(one).equals("FORWARDED")));
                assertThat(ready()).isEqualTo(200);
                assertThat(Integer.parseInt(ask("select count(*) from outbox")))
                        .isGreaterThanOrEqualTo(6);
                assertThat(ca.callers()).isNotEmpty();
            } finally {
                TestKafka.start();
            }

            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!ask("select count(*) from outbox").equals("0") && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(ask("select count(*) from outbox")).isEqualTo("0");
        }
    }

    @Test
    void acceptsWhileTheCaIsAwayAndTellsHonestlyHowLongItTakes() {
        String waiting =
                proxy().post(sessionName(), address())
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_url");
        TestDatabase.change(
                "update session set created_at = now() - interval '100 seconds' where access_url = '"
                        + waiting
                        + "'");
        assertThat(ready()).isEqualTo(200);

        await(() ->
                proxy().post(sessionName(), address())
                                .then()
                                .statusCode(200)
                                .extract()
                                .<Integer>path("lead_time")
                        >= 100);

        try (FakeCa ca = new FakeCa()) {
            await(() -> state(waiting).equals("FORWARDED"));
            await(() ->
                    proxy().post(sessionName(), address())
                                    .then()
                                    .body("lead_time", greaterThanOrEqualTo(1))
                                    .extract()
                                    .<Integer>path("lead_time")
                            < 100);
            assertThat(ca.callers()).isNotEmpty();
        }
    }
}
