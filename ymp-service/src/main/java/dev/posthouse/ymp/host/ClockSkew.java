package dev.posthouse.ymp.host;

import dev.posthouse.common.call.Answer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Counts answers whose {@code Date} is more than five minutes from our clock (YMP, section 8). */
@Singleton
final class ClockSkew {

    private static final Duration BEARABLE = Duration.ofMinutes(5);

    private final Clock clock;
    private final Counter skewed;

    ClockSkew(Clock clock, MeterRegistry metrics) {
        this.clock = clock;
        this.skewed = metrics.counter("posthouse.ymp.clock.skew");
    }

    void look(Answer answer) {
        answer.header("date").flatMap(ClockSkew::instant).ifPresent(this::compare);
    }

    private void compare(Instant theirs) {
        if (Duration.between(theirs, clock.instant()).abs().compareTo(BEARABLE) > 0) {
            skewed.increment();
        }
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
