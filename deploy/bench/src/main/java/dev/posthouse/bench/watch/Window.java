package dev.posthouse.bench.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When load was on and measured. What a process does before, it does to start and to warm up.
 *
 * @param from its begin
 * @param to its end
 */
public record Window(Instant from, Instant to) {

    /** How long. */
    Duration length() {
        return Duration.between(from, to);
    }

    /** Whether a time is in one of them. */
    static boolean anyHas(List<Window> windows, Instant time) {
        return windows.stream()
                .anyMatch(window -> !time.isBefore(window.from) && !time.isAfter(window.to));
    }
}
