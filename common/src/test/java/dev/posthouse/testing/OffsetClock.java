package dev.posthouse.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs, and that a test can put forward; each service makes it a bean of its own. */
public class OffsetClock extends Clock {

    private final Duration start;
    private volatile Duration offset = Duration.ZERO;

    /** The real time, until it is moved. */
    protected OffsetClock() {
        this(Duration.ZERO);
    }

    /** It is that instant now. */
    protected OffsetClock(Instant now) {
        this(Duration.between(real(), now));
    }

    private OffsetClock(Duration start) {
        this.start = start;
    }

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
        return real().plus(start).plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    private static Instant real() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
