package dev.posthouse.relay;

import dev.posthouse.testing.OffsetClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * The clock of the service under test: it stands at the vectors' instant when it is made, runs, and
 * can be moved.
 */
@Alternative
@Priority(1)
@Singleton
public final class MovedClock extends OffsetClock {

    /** When the vectors are to be judged. */
    public static final Instant AT = Instant.parse("2026-11-22T05:06:10Z");

    MovedClock() {
        super(AT);
    }
}
