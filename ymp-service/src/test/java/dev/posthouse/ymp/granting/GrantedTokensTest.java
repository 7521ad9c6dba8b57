package dev.posthouse.ymp.granting;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestKafka;
import dev.posthouse.ymp.MovedClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GrantedTokensTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Inject GrantedTokens tokens;
    @Inject TokenHolders holders;
    @Inject LiveTokens live;
    @Inject MovedClock clock;

    private final HostName host = HostName.parse(UUID.randomUUID() + ".example");

    @Test
    void countFromTheMomentTheyAreOnTrial() {
        Token token = added();

        assertThat(holder(token, clock.instant())).contains(host);
        assertThat(holder(Token.fresh(), clock.instant())).isEmpty();
    }

    @Test
    void endWithTheirTrialWhenNobodyJudgesThem() {
        Token token = added();

        Instant end = clock.instant().plus(GrantedTokens.TRIAL);
        assertThat(holder(token, end.minusSeconds(2))).contains(host);
        assertThat(holder(token, end)).isEmpty();
    }

    @Test
    void countUntilTheyExpireAndNotThen() {
        Instant expires = expires();
        Token token = kept(expires);

        assertThat(holder(token, expires.minusNanos(1000))).contains(host);
        assertThat(holder(token, expires)).isEmpty();
    }

    @Test
    void areVoidOnceRevoked() {
        Token token = added();
        run(() -> tokens.revoke(host, token));
        run(() -> tokens.keep(host, token, expires()));

        assertThat(holder(token, clock.instant())).isEmpty();
        assertThat(events("ymp.token-revoked", "cause")).containsExactly("grant");
        assertThat(events("ymp.token-granted", "peer")).isEmpty();
    }

    @Test
    void areToldOfOnceTaken() {
        Instant expires = expires();
        kept(expires);

        assertThat(events("ymp.token-granted", "expires")).containsExactly(expires.toString());
        assertThat(events("ymp.token-granted", "peer")).containsExactly(host.text());
    }

    @Test
    void areFourLiveOnesAtMostTheNewest() {
        List<Token> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            five.add(kept(expires()));
        }

        assertThat(holder(five.getFirst(), clock.instant())).isEmpty();
        assertThat(five.subList(1, 5))
                .allSatisfy(token -> assertThat(holder(token, clock.instant())).contains(host));
        assertThat(events("ymp.token-revoked", "cause")).containsExactly("superseded");
    }

    @Test
    void areFourAtMostHoweverManyReplicasGrantAtOnce() throws Exception {
        try (ExecutorService replicas = Executors.newFixedThreadPool(6)) {
            for (Future<Token> added :
                    replicas.invokeAll(Collections.nCopies(30, (Callable<Token>) this::added))) {
                assertThat(added.get()).isNotNull();
            }
        }
        assertThat(liveOnes()).isEqualTo("4");
    }

    @Test
    void areAllRevokedByAnOperator() {
        List<Token> two = List.of(kept(expires()), kept(expires()));

        assertThat(tokens.revokeAll(host)).isEqualTo(2);
        assertThat(tokens.revokeAll(host)).isZero();

        assertThat(two).allSatisfy(token -> assertThat(holder(token, clock.instant())).isEmpty());
        assertThat(events("ymp.token-revoked", "cause")).containsExactly("operator");
    }

    @Test
    void areStoredAsHashesAlone() {
        Token token = kept(expires());

        assertThat(
                        TestDatabase.ask(
                                "select token_hash = sha256(?::bytea) from granted_token where host = ?",
                                token.value(),
                                host.text()))
                .isEqualTo("t");
        assertThat(
                        TestDatabase.ask(
                                "select count(*) from granted_token t where t::text like ?",
                                "%" + token.value() + "%"))
                .isEqualTo("0");
    }

    @Test
    void areForgottenWhenTheyHaveExpired() {
        kept(expires());
        kept(clock.instant().minusSeconds(1));

        live.look();

        assertThat(
                        TestDatabase.ask(
                                "select count(*) from granted_token where host = ?", host.text()))
                .isEqualTo("1");
    }

    private Token added() {
        Token token = Token.fresh();
        run(() -> tokens.add(host, token, expires()));
        return token;
    }

    private Token kept(Instant expires) {
        Token token = added();
        run(() -> tokens.keep(host, token, expires));
        return token;
    }

    private Instant expires() {
        return Instant.ofEpochSecond(clock.instant().plus(HOUR).getEpochSecond());
    }

    private Optional<HostName> holder(Token token, Instant now) {
        return holders.find(token.value(), now).map(TokenHolders.Holder::host);
    }

    private String liveOnes() {
        return TestDatabase.ask(
                "select count(*) from granted_token where host = ? and revoked is null",
                host.text());
    }

    private List<String> events(String topic, String field) {
        await(
                "the outbox is empty",
                () ->
                        TestDatabase.ask("select count(*) from outbox where key = ?", host.text())
                                .equals("0"));
        return TestKafka.records(topic, host.text()).stream()
                .map(event -> field(event.value(), field))
                .toList();
    }

    private static String field(String event, String field) {
        try {
            return new ObjectMapper().readTree(event).path("data").path(field).asText();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(Runnable step) {
        QuarkusTransaction.requiringNew().run(step);
    }
}
