package dev.posthouse.ymp;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of the service under test: the real one, until a test moves it. */
@Alternative
@Priority(1)
@Singleton
public final class MovedClock extends Clock {

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
        return Instant.ofEpochMilli(System.currentTimeMillis()).plus(offset);
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
