package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.testing.TestDatabase.ask;
import static dev.posthouse.testing.TestDatabase.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.proxy.csr.WaitingCsrs.Outcome;
import dev.posthouse.proxy.csr.WaitingCsrs.Waiting;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two replicas on one database: what one has claimed the other does not get, and a late outcome
 * counts for the session it was claimed for only. The rows are due in a year, when the worker of
 * this JVM does not look.
 */
@QuarkusTest
final class WaitingCsrsTest {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration LEASE = Duration.ofSeconds(30);

    @TestHTTPResource(tls = true)
    URI url;

    @Inject WaitingCsrs waiting;

    private final Instant then = Instant.ofEpochMilli(System.currentTimeMillis()).plus(YEAR);
    private FakeCa ca;

    @BeforeEach
    void settleAllOthers() {
        ca = new FakeCa();
        ProxyUnderTest.await(
                () -> ask("select count(*) from session where state = 'ACCEPTED'").equals("0"));
        ca.otherwise(n -> FakeCa.Answer.retry(503, "overload", 1));
    }

    @AfterEach
    void close() {
        change("delete from session where state = 'ACCEPTED'");
        ca.close();
    }

    private void submit(int number) {
        for (int i = 0; i < number; i++) {
            new ProxyUnderTest(url).post(sessionName(), address()).then().statusCode(200);
        }
        ProxyUnderTest.await(() ->
                change(
                                "update session set next_attempt = now() + interval '364 days'"
                                        + " where state = 'ACCEPTED' and lease_until is null")
                        == number);
    }

    private Waiting claimOne() {
        return waiting.claim(1, then, LEASE).getFirst();
    }

    private List<Outcome> record(Outcome outcome) {
        return QuarkusTransaction.requiringNew().call(() -> waiting.record(List.of(outcome)));
    }

    private static String state(Waiting csr) {
        return ask("select state from session where name_hash = '" + csr.id() + "'");
    }

    private static String attempts(String id) {
        return ask("select attempts from session where name_hash = '" + id + "'");
    }

    @Test
    void areClaimedByOneReplicaEach() throws Exception {
        submit(20);
        List<String> claimed = new ArrayList<>();

        try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<Waiting>> claim = () -> waiting.claim(7, then, LEASE);
            for (var claims : replicas.invokeAll(List.of(claim, claim, claim))) {
                List<Waiting> batch = claims.get();
                assertThat(batch).hasSizeLessThanOrEqualTo(7);
                batch.forEach(csr -> claimed.add(csr.id()));
            }
        }

        assertThat(claimed).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(14);
        waiting.claim(20, then, LEASE).forEach(csr -> claimed.add(csr.id()));
        assertThat(claimed).doesNotHaveDuplicates().hasSize(20);
        assertThat(waiting.claim(20, then, LEASE)).isEmpty();
        assertThat(waiting.claim(20, then.plus(LEASE).plusMillis(1), LEASE)).hasSize(20);
    }

    @Test
    void areClaimedOldestAttemptFirstAndCounted() {
        submit(2);
        change(
                "update session set next_attempt = next_attempt - interval '1 hour' where name_hash ="
                        + " (select max(name_hash) from session where state = 'ACCEPTED')");
        String oldest = ask("select max(name_hash) from session where state = 'ACCEPTED'");
        // the worker has tried it once, or not at all while its breaker is open
        int before = Integer.parseInt(attempts(oldest));

        Waiting first = claimOne();

        assertThat(first.id()).isEqualTo(oldest);
        assertThat(first.attempts()).isEqualTo(before + 1);
        assertThat(attempts(oldest)).isEqualTo(String.valueOf(before + 1));
        assertThat(first.toString()).isEqualTo("Waiting[" + first.jtiHash() + "]");
    }

    @Test
    void areSettledOnce() {
        submit(1);
        Waiting csr = claimOne();
        Outcome forwarded = new Outcome.Forwarded(csr);

        assertThat(record(forwarded)).containsExactly(forwarded);
        assertThat(record(new Outcome.Expired(csr))).isEmpty();
        assertThat(record(new Outcome.Again(csr, then, "late"))).isEmpty();

        assertThat(state(csr)).isEqualTo("FORWARDED");
    }

    @Test
    void arePutOffByWhoHasThemOnly() {
        submit(1);
        Waiting slow = claimOne();
        Waiting other = waiting.claim(1, then.plus(LEASE).plusMillis(1), LEASE).getFirst();
        assertThat(other.id()).isEqualTo(slow.id());

        assertThat(record(new Outcome.Again(slow, then, "late"))).isEmpty();
        assertThat(record(new Outcome.Again(other, then, "busy"))).hasSize(1);

        assertThat(waiting.claim(1, then, LEASE)).hasSize(1);
    }

    /** A name was forgotten and taken anew between the claim and its outcome. */
    @Test
    void areNotMistakenForAnEarlierSessionOfTheSameName() {
        submit(1);
        Waiting earlier = claimOne();
        change(
                "update session set jti = 'another-session' where name_hash = '"
                        + earlier.id()
                        + "'");

        assertThat(record(new Outcome.Expired(earlier))).isEmpty();

        assertThat(state(earlier)).isEqualTo("ACCEPTED");
    }

    @Test
    void tellHowManyTheyAreAndSinceWhen() {
        assertThat(waiting.queue().depth()).isZero();
        assertThat(waiting.queue().oldest()).isEmpty();
        submit(2);
        change(
                "update session set created_at = now() - interval '1 minute' where name_hash ="
                        + " (select max(name_hash) from session where state = 'ACCEPTED')");

        WaitingCsrs.Queue queue = waiting.queue();

        assertThat(queue.depth()).isEqualTo(2);
        assertThat(queue.oldest().orElseThrow())
                .isBefore(Instant.ofEpochMilli(System.currentTimeMillis()).minusSeconds(59));
    }
}
