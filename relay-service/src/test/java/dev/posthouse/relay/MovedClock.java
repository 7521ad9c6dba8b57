package dev.posthouse.relay;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of the service under test: it stands at the vectors' instant when it is made, runs, and
 * can be moved.
 */
@Alternative
@Priority(1)
@Singleton
public final class MovedClock extends Clock {

    /** When the vectors are to be judged. */
    public static final Instant AT = Instant.parse("2026-11-22T05:06:10Z");

    private final Duration behind =
            Duration.between(Instant.ofEpochMilli(System.currentTimeMillis()), AT);
    private volatile Duration offset = Duration.ZERO;

    /** What the service does meanwhile, it does so much later. */
    public void during(Duration later, Runnable steps) {
        offset = later;
        try {
            steps.run();
        } finally {
            offset = Duration.ZERO;
        }
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(System.currentTimeMillis()).plus(behind).plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
