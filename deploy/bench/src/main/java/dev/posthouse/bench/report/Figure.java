package dev.posthouse.bench.report;

import dev.posthouse.bench.driver.Latencies;
import dev.posthouse.bench.driver.Measured;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One row of the report.
 *
 * @param page what was driven
 * @param what was counted
 * @param load how items came, for people
 * @param items begun
 * @param seconds the measured phase
 * @param perSecond what ended well
 * @param errors what did not, by what it ended with
 * @param latencies where each item was timed
 */
public record Figure(
        String page,
        String what,
        String load,
        long items,
        double seconds,
        double perSecond,
        Map<String, Long> errors,
        Optional<Latencies> latencies) {

    public Figure {
        errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    }

    /** What a phase of load came to. */
    public static Figure of(String page, String what, Measured measured) {
        return new Figure(
                page,
                what,
                measured.load().toString(),
                measured.items(),
                measured.seconds(),
                measured.perSecond(),
                measured.errors(),
                Optional.of(Latencies.of(measured.micros())));
    }

    /** What was counted elsewhere than at the door. */
    public static Figure counted(
            String page,
            String what,
            String load,
            long items,
            double seconds,
            Map<String, Long> errors) {
        long failed = errors.values().stream().mapToLong(Long::longValue).sum();
        return new Figure(
                page,
                what,
                load,
                items,
                seconds,
                (items - failed) / seconds,
                errors,
                Optional.empty());
    }

    /** The same, with the times of the items. */
    public Figure timed(Latencies times) {
        return new Figure(page, what, load, items, seconds, perSecond, errors, Optional.of(times));
    }

    /** All that did not end well. */
    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
