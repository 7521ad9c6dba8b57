package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.proxy.ProxyUnderTest.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.proxy.ca.FakeCa;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Certificates, section 11: rates and open sessions. */
@QuarkusTest
final class LimitsTest {

    @TestHTTPResource(tls = true)
    URI url;

    @Test
    void letsTenRequestsAMinuteInFromOneAddress() {
        ProxyUnderTest proxy = new ProxyUnderTest(url);
        String client = address();
        for (int i = 0; i < 10; i++) {
            proxy.post("garbage", sessionName(), client).then().statusCode(400);
        }

        proxy.post("garbage", sessionName(), client)
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-6]"))
                .body("code", equalTo("rate.limited"));
        proxy.post("garbage", sessionName(), address()).then().statusCode(400);
    }

    @Test
    void keepsFiveSessionsOfAnAddressOpenAndNoMore() {
        AtomicBoolean busy = new AtomicBoolean(true);
        try (FakeCa ca =
                new FakeCa()
                        .otherwise(n ->
                                busy.get()
                                        ? FakeCa.Answer.retry(503, "overload", 1)
                                        : FakeCa.Answer.taken())) {
            ProxyUnderTest proxy = new ProxyUnderTest(url);
            String client = address();
            List<String> open = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                open.add(
                        proxy.post(sessionName(), client)
                                .then()
                                .statusCode(200)
                                .extract()
                                .path("access_url"));
            }

            proxy.post(sessionName(), client)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("session.too-many"));
            proxy.post(sessionName(), address()).then().statusCode(200);

            busy.set(false);
            ProxyUnderTest.await(
                    () -> open.stream().allMatch(one -> state(one).equals("FORWARDED")));
            assertThat(proxy.post(sessionName(), client).statusCode()).isEqualTo(200);
            assertThat(ca.callers()).isNotEmpty();
        }
    }
}
