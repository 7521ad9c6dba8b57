package dev.posthouse.bench.driver;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a phase of load came to.
 *
 * @param load how items came
 * @param items begun, and ended too
 * @param nanos from the first begin to the last end
 * @param errors how many ended otherwise than well, by what they ended with
 * @param micros how long each took, failed ones included
 */
public record Measured(
        Load load, int items, long nanos, Map<String, Long> errors, Histogram micros) {

    public Measured {
        errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    }

    /** All that ended otherwise than well. */
    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What ended well. */
    public long good() {
        return items - failed();
    }

    /** Length. */
    public double seconds() {
        return nanos / 1e9;
    }

    /** What ended well, each second. */
    public double perSecond() {
        return items == 0 ? 0 : good() / seconds();
    }
}
