package dev.posthouse.ymp.sending;

/** Statements of this package, for tests that look at how they are worked off. */
public final class Statements {

    private Statements() {}

    /** What finds hosts that nobody looks after, with a time that is now. */
    public static String sweep() {
        return Destinations.SWEEP.replace(":now", "now()");
    }
}
