package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.testing.TestDatabase.ask;
import static dev.posthouse.testing.TestDatabase.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.common.x509.CsrRules;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.ProxyException.KeyInUse;
import dev.posthouse.proxy.ProxyException.TooManyOpenSessions;
import dev.posthouse.proxy.address.ClientAddresses;
import dev.posthouse.testing.CsrMaker;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store on real PostgreSQL: claims that only one session may hold, and forgetting. */
@QuarkusTest
final class SubmissionsTest {

    private static final IpAddress WAN = IpAddress.parse("203.0.113.7");

    @Inject Submissions submissions;
    @Inject ForgetSessions forgetSessions;
    @Inject CsrRules rules;

    private final Instant now =
            Instant.ofEpochMilli(System.currentTimeMillis()).truncatedTo(ChronoUnit.MILLIS);

    /** Far in the future, so that no worker hands it over while a test looks at it. */
    private final Instant never = now.plus(Duration.ofDays(300));

    @AfterEach
    void forgetAll() {
        change("delete from session where created_at > now() + interval '200 days'");
    }

    private Draft draft(Instant expires, Draft.Claims claims) {
        String session = sessionName();
        String client = address();
        Csr csr = rules.check(CsrMaker.p256().csr(session, client), new SessionName(session));
        String jti = UUID.randomUUID().toString();
        return new Draft(
                session,
                csr,
                new ClientAddresses.Pair(csr.address(), WAN),
                csr.address(),
                new AccessUrlSigner.SignedUrl("https://repository.example/" + jti, jti, expires),
                never,
                claims,
                Optional.empty());
    }

    private static Draft.Claims claims(String open, String key) {
        return new Draft.Claims(Optional.ofNullable(open), Optional.ofNullable(key));
    }

    private boolean add(Draft draft) {
        return QuarkusTransaction.requiringNew().call(() -> submissions.add(draft, now));
    }

    @Test
    void keepOneOpenSessionPerPairOfAddresses() {
        String pair = "8.8.8.8|" + UUID.randomUUID();
        Draft first = draft(never, claims(pair, null));
        assertThat(add(first)).isTrue();

        Draft second = draft(never, claims(pair, null));
        assertThatThrownBy(() -> add(second)).isInstanceOf(TooManyOpenSessions.class);
        assertThat(add(draft(never, claims(pair + "0", null)))).isTrue();

        change(
                "update session set open_claim = null, state = 'FORWARDED' where jti = '"
                        + first.accessUrl().jti()
                        + "'");
        assertThat(add(second)).isTrue();
    }

    @Test
    void keepAKeyForOneLiveSession() {
        String key = UUID.randomUUID().toString();
        assertThat(add(draft(never, claims(null, key)))).isTrue();

        Draft second = draft(never, claims(null, key));

        assertThatThrownBy(() -> add(second)).isInstanceOf(KeyInUse.class);
        assertThat(ask("select count(*) from session where key_claim = '" + key + "'"))
                .isEqualTo("1");
    }

    @Test
    void freeWhatASessionHeldWhoseTimeIsOver() {
        String key = UUID.randomUUID().toString();
        String pair = UUID.randomUUID().toString();
        Draft over = draft(never, claims(pair, key));
        assertThat(add(over)).isTrue();
        change(
                "update session set expires_at = now() - interval '1 minute' where jti = '"
                        + over.accessUrl().jti()
                        + "'");

        assertThat(add(draft(never, claims(pair, key)))).isTrue();
    }

    @Test
    void areForgottenAnHourAfterTheirEnd() {
        Draft forgotten = draft(now.minus(Duration.ofMinutes(61)), claims(null, null));
        Draft remembered = draft(now.minus(Duration.ofMinutes(59)), claims(null, null));
        add(forgotten);
        add(remembered);

        forgetSessions.forget();

        assertThat(submissions.find(forgotten.nameHash())).isEmpty();
        assertThat(submissions.find(remembered.nameHash())).isPresent();
    }
}
