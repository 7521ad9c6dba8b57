package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.proxy.ProxyUnderTest.state;
import static dev.posthouse.testing.TestDatabase.ask;
import static dev.posthouse.testing.TestDatabase.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.testing.CsrMaker;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates, section 9: repeats and conflicts of C → P. */
@QuarkusTest
final class IdempotencyTest {

    @TestHTTPResource(tls = true)
    URI url;

    private final String session = sessionName();
    private final String client = address();
    private final String csr = CsrMaker.p256().csr(session, client);
    private ProxyUnderTest proxy;
    private FakeCa ca;

    @BeforeEach
    void knock() {
        proxy = new ProxyUnderTest(url);
        ca = new FakeCa();
    }

    @AfterEach
    void leave() {
        ca.close();
    }

    private static String accessUrl(Response response) {
        return response.then().statusCode(200).extract().path("access_url");
    }

    private static long rows() {
        return Long.parseLong(ask("select count(*) from session"));
    }

    @Test
    void givesARepeatTheSameAnswerAndKeepsOneRow() {
        String first = accessUrl(proxy.post(csr, session, client));
        long rows = rows();

        String second = accessUrl(proxy.post(csr, session, client));

        assertThat(second).isEqualTo(first);
        assertThat(rows()).isEqualTo(rows);
        ProxyUnderTest.await(() -> state(first).equals("FORWARDED"));
        assertThat(ca.received(session)).hasSize(1);
    }

    @Test
    void givesARepeatTheRemainingLeadTime() {
        String accessUrl = accessUrl(proxy.post(csr, session, client));
        ProxyUnderTest.await(() -> state(accessUrl).equals("FORWARDED"));
        change(
                "update session set created_at = created_at - interval '1 hour' where access_url = '"
                        + accessUrl
                        + "'");

        proxy.post(csr, session, client)
                .then()
                .statusCode(200)
                .body("access_url", equalTo(accessUrl))
                .body("lead_time", equalTo(0));
    }

    @Test
    void givesARepeatTheSameAnswerAfterARefusalToo() {
        ca.when(session, n -> FakeCa.Answer.problem(400, "csr.key.size"));
        String accessUrl = accessUrl(proxy.post(csr, session, client));
        ProxyUnderTest.await(() -> state(accessUrl).equals("REFUSED"));

        proxy.post(csr, session, client)
                .then()
                .statusCode(200)
                .body("access_url", equalTo(accessUrl));
        assertThat(ca.received(session)).hasSize(1);
    }

    @Test
    void refusesTheNameForAnotherCsr() {
        accessUrl(proxy.post(csr, session, client));

        proxy.post(CsrMaker.p256().csr(session, client), session, client)
                .then()
                .statusCode(409)
                .body("code", equalTo("session.conflict"));
    }

    @Test
    void refusesTheNameForAnotherAddress() {
        String elsewhere = address();
        CsrMaker maker = CsrMaker.p256();
        accessUrl(proxy.post(maker.csr(session, client), session, client));

        proxy.post(maker.csr(session, elsewhere), session, elsewhere)
                .then()
                .statusCode(409)
                .body("code", equalTo("session.conflict"));
    }

    /** The very same CSR, though its row says that another address brought it. */
    @Test
    void refusesTheSameCsrOfAnotherAddress() {
        String accessUrl = accessUrl(proxy.post(csr, session, client));
        change("update session set addr = '10.250.0.1' where access_url = '" + accessUrl + "'");

        proxy.post(csr, session, client).then().statusCode(409);
    }

    @Test
    void tellsNamesApartByCase() {
        String upper = "A" + session.substring(1);
        String lower = "a" + session.substring(1);

        String one = accessUrl(proxy.post(upper, client));
        String other = accessUrl(proxy.post(lower, client));

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void recordsOneOfManyThatComeAtOnce() throws Exception {
        long rows = rows();

        List<Response> answers = atOnce(5, i -> proxy.post(csr, session, client));

        assertThat(answers.stream().map(IdempotencyTest::accessUrl).distinct()).hasSize(1);
        assertThat(rows()).isEqualTo(rows + 1);
    }

    @Test
    void letsOneOfSeveralDifferentOnesWin() throws Exception {
        List<String> csrs =
                IntStream.range(0, 5).mapToObj(i -> CsrMaker.p256().csr(session, client)).toList();

        List<Response> answers = atOnce(5, i -> proxy.post(csrs.get(i), session, client));

        assertThat(answers).extracting(Response::statusCode).containsOnlyOnce(200);
        assertThat(answers)
                .extracting(Response::statusCode)
                .containsExactlyInAnyOrder(200, 409, 409, 409, 409);
    }

    private static List<Response> atOnce(int number, IntFunction<Response> post) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> calls =
                    IntStream.range(0, number)
                            .mapToObj(i -> callers.submit(() -> post.apply(i)))
                            .toList();
            List<Response> answers = new java.util.ArrayList<>();
            for (Future<Response> call : calls) {
                answers.add(call.get());
            }
            return answers;
        }
    }

    @Test
    void forgetsANameAnHourAfterItsEnd() {
        String accessUrl = accessUrl(proxy.post(csr, session, client));
        String row = " where access_url = '" + accessUrl + "'";

        change("update session set expires_at = now() - interval '59 minutes'" + row);
        String other = CsrMaker.p256().csr(session, client);
        proxy.post(other, session, client).then().statusCode(409);
        change("update session set expires_at = now() - interval '61 minutes'" + row);

        String fresh = accessUrl(proxy.post(other, session, client));

        assertThat(fresh).isNotEqualTo(accessUrl);
        assertThat(ask("select count(*) from session" + row)).isEqualTo("0");
        ProxyUnderTest.await(() -> state(fresh).equals("FORWARDED"));
    }
}
