package dev.posthouse.relay.delivery;

/** Statements of this package, for tests that look at how they are worked off. */
public final class Statements {

    private Statements() {}

    /** What finds peers that nobody looks after. */
    public static String sweep() {
        return Peers.SWEEP;
    }
}
