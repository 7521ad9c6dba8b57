package dev.posthouse.repository.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.repository.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    private static final Instant FIRST = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "repeat, PT23H59M59S, false",
        "repeat, PT24H, true",
        "once, PT59S, false",
        "once, PT60S, true"
    })
    void endsSoLongAfterTheFirstCollection(String mode, Duration later, boolean over) {
        Retention retention = new Retention(TestSettings.with(Map.of("repository.mode", mode)));

        assertThat(
                        retention.isOver(
                                record(Optional.of("chain"), Optional.of(FIRST)),
                                FIRST.plus(later)))
                .isEqualTo(over);
    }

    @Test
    void doesNotEndBeforeTheFirstCollection() {
        Retention retention = new Retention(TestSettings.with(Map.of()));

        assertThat(
                        retention.isOver(
                                record(Optional.of("chain"), Optional.empty()),
                                FIRST.plus(Duration.ofDays(365))))
                .isFalse();
    }

    @Test
    void hasEndedForATombstone() {
        Retention retention = new Retention(TestSettings.with(Map.of()));

        assertThat(retention.isOver(record(Optional.empty(), Optional.of(FIRST)), FIRST)).isTrue();
    }

    private static StoredRecord record(Optional<String> chain, Optional<Instant> firstCollected) {
        return new StoredRecord("", Optional.empty(), chain, Set.of(), FIRST, firstCollected);
    }
}
