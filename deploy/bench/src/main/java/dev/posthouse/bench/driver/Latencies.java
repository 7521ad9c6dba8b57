package dev.posthouse.bench.driver;

import org.HdrHistogram.Histogram;

/**
 * How long items took, in milliseconds.
 *
 * @param p50 half took no longer
 * @param p95 all but one of twenty took no longer
 * @param p99 all but one of a hundred took no longer
 * @param max the longest
 */
public record Latencies(double p50, double p95, double p99, double max) {

    private static final double MICROS = 1000;

    /** What a histogram of microseconds says. */
    public static Latencies of(Histogram micros) {
        return new Latencies(
                micros.getValueAtPercentile(50) / MICROS,
                micros.getValueAtPercentile(95) / MICROS,
                micros.getValueAtPercentile(99) / MICROS,
                micros.getMaxValue() / MICROS);
    }
}
