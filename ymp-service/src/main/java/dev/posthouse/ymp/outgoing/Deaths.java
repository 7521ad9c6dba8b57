package dev.posthouse.ymp.outgoing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** How many messages have become dead letters (YMP, section 9), whatever became of those. */
@Singleton
public final class Deaths {

    private final Counter died;

    Deaths(MeterRegistry metrics) {
        // From zero on: an alert on dead letters must see the first.
        this.died = metrics.counter("posthouse.ymp.outbox.died");
    }

    /** So many have died, and that is committed: what is not dies again. */
    public void count(int dead) {
        died.increment(dead);
    }
}
