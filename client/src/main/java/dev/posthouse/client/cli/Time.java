package dev.posthouse.client.cli;

import dev.posthouse.client.https.Pause;
import java.io.PrintWriter;
import java.time.Clock;

/**
 * The time the commands live in.
 *
 * @param clock what time it is
 * @param pauses how it passes
 */
public record Time(Clock clock, Pauses pauses) {

    /** How time passes, and what of it is shown. */
    @FunctionalInterface
    public interface Pauses {

        /** A way to wait that shows itself, unless it shall be quiet. */
        Pause choose(boolean quiet, PrintWriter err);
    }

    /** The machine's own time, with a progress bar for people. */
    public static Time real() {
        return new Time(Clock.systemUTC(), Time::realPause);
    }

    private static Pause realPause(boolean quiet, PrintWriter err) {
        if (quiet) {
            return (length, why) -> Thread.sleep(length);
        }
        return Terminal.isStderr() ? new BarPause(System.err) : new SpokenPause(err);
    }
}
