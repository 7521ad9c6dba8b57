package dev.posthouse.ymp.asking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.LogWatch;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.TestSettings;
import dev.posthouse.ymp.YmpConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens kept to be used (YMP, section 4). */
@QuarkusTest
class HeldTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-22T19:00:00.123456789Z");
    private static final String SECRET = "SECRET-token";

    private final HostName host = HostName.parse(UUID.randomUUID() + ".example");

    @TempDir Path directory;

    @Inject HeldTokens tokens;

    @Test
    void givesBackWhatWasPut() {
        HeldToken token = put(SECRET, NOW);

        assertThat(tokens.usable(host, NOW)).contains(token);
        assertThat(tokens.usable(HostName.parse("other.example"), NOW)).isEmpty();
    }

    @Test
    void givesNothingShortlyBeforeItEnds() {
        put(SECRET, NOW);
        Instant end = NOW.plus(Duration.ofHours(1));

        assertThat(tokens.usable(host, end.minusSeconds(31))).isPresent();
        assertThat(tokens.usable(host, end.minusSeconds(29))).isEmpty();
    }

    @Test
    void showsNothingOnDisk() {
        put(SECRET, NOW);

        String row =
                TestDatabase.ask(
                        "select convert_from(decode(replace(encode(token, 'hex'), '00', '01'),"
                                + " 'hex'), 'LATIN1') || held_token::text from held_token"
                                + " where host = ?",
                        host.text());
        assertThat(row).contains(host.text()).doesNotContain("SECRET").doesNotContain("token");
    }

    @Test
    void dropsWhateverThereIs() {
        put(SECRET, NOW);

        assertThat(tokens.drop(host)).isTrue();
        assertThat(tokens.usable(host, NOW)).isEmpty();
        assertThat(tokens.drop(host)).isFalse();
    }

    @Test
    void dropsARefusedTokenAndNotTheOneAfterIt() {
        HeldToken refused = put(SECRET, NOW);
        HeldToken next = put("next", NOW.plusMillis(1));

        tokens.drop(refused);

        assertThat(tokens.usable(host, NOW)).contains(next);
        tokens.drop(next);
        assertThat(tokens.usable(host, NOW)).isEmpty();
    }

    @Test
    void worksWithinATransactionToo() {
        HeldToken token = put(SECRET, NOW);

        QuarkusTransaction.begin();
        try {
            assertThat(tokens.usable(host, NOW)).contains(token);
            tokens.drop(token);
        } finally {
            QuarkusTransaction.rollback();
        }

        assertThat(tokens.usable(host, NOW)).contains(token);
    }

    @Test
    void dropsWhatWasSealedWithAnotherKeyAndSaysSoOnce() throws IOException {
        HeldTokens underAnotherKey = new HeldTokens(new TokenSeal(settings()));
        try (LogWatch log = new LogWatch()) {
            for (int i = 0; i < 3; i++) {
                put(SECRET, NOW);

                assertThat(underAnotherKey.usable(host, NOW)).isEmpty();
                assertThat(
                                TestDatabase.ask(
                                        "select count(*) from held_token where host = ?",
                                        host.text()))
                        .isEqualTo("0");
            }
            assertThat(log.records())
                    .filteredOn(record -> record.getLoggerName().equals(HeldTokens.class.getName()))
                    .hasSize(1);
            assertThat(log.text()).contains("ymp.held-token-key").doesNotContain("SECRET");
        }
    }

    @Test
    void dropsATokenThatWasMovedToAnotherHost() {
        put(SECRET, NOW);
        HostName other = HostName.parse(UUID.randomUUID() + ".example");
        TestDatabase.change(
                "update held_token set host = ? where host = ?", other.text(), host.text());

        assertThat(tokens.usable(other, NOW)).isEmpty();
    }

    private HeldToken put(String text, Instant received) {
        HeldToken token =
                new HeldToken(
                        host,
                        text,
                        received,
                        NOW.plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS));
        QuarkusTransaction.requiringNew().run(() -> tokens.put(token));
        return token;
    }

    private YmpConfig settings() throws IOException {
        String key =
                Base64.getEncoder()
                        .encodeToString("b".repeat(32).getBytes(StandardCharsets.US_ASCII));
        Path file = Files.writeString(directory.resolve("other.key"), key);
        return TestSettings.with(Map.of("ymp.held-token-key", file.toString()));
    }
}
