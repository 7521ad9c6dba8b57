package dev.posthouse.bench.stage;

import java.time.Duration;

/**
 * How much is done.
 *
 * @param clients at once, where one door is driven
 * @param sessions at once, where whole sessions are
 * @param warmUp not counted
 * @param closed as many as can
 * @param open at half of that rate
 * @param still how long what needs no items is measured
 */
public record Scale(
        int clients, int sessions, Span warmUp, Span closed, Span open, Duration still) {

    /**
     * Until the items or the time run out.
     *
     * @param items at most
     * @param most at most
     */
    public record Span(int items, Duration most) {
        /** The same with fewer items. */
        public Span atMost(int most) {
            return new Span(Math.min(items, most), this.most);
        }

        static Span of(int items, int seconds) {
            return new Span(items, Duration.ofSeconds(seconds));
        }
    }

    /** For {@code docs/performance.md}. */
    public static Scale full() {
        return new Scale(
                64,
                256,
                Span.of(20_000, 15),
                Span.of(25_000, 15),
                Span.of(10_000, 10),
                Duration.ofSeconds(8));
    }

    /** For a look while working. */
    public static Scale quick() {
        return new Scale(
                64,
                256,
                Span.of(8_000, 5),
                Span.of(8_000, 5),
                Span.of(4_000, 3),
                Duration.ofSeconds(2));
    }

    /** For a test: every page from end to end, figures without a meaning. */
    public static Scale tiny() {
        return new Scale(
                4, 4, Span.of(10, 20), Span.of(20, 20), Span.of(10, 20), Duration.ofMillis(100));
    }

    /** All items of a page that drives one door. */
    public int items() {
        return warmUp.items() + closed.items() + open.items();
    }
}
