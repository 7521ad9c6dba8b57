package dev.posthouse.bench.driver;

import java.util.Locale;

/** How items come. */
public sealed interface Load {

    /**
     * Each client begins its next item when its last one has ended: shows what a door can take.
     *
     * @param clients how many at once
     */
    record Closed(int clients) implements Load {
        @Override
        public String toString() {
            return clients + " clients";
        }
    }

    /**
     * Items come at a rate that nothing slows, as from strangers. An item's time begins when it was
     * meant to begin, so that a stall is seen by all who came meanwhile.
     *
     * @param perSecond the rate
     */
    record Open(double perSecond) implements Load {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f/s arrive", perSecond);
        }
    }
}
