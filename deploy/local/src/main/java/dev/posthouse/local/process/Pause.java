package dev.posthouse.local.process;

import java.time.Duration;

/** A short wait between two looks at a process that cannot tell us when it is ready. */
public final class Pause {

    private Pause() {}

    /** Waits. */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted", e);
        }
    }
}
