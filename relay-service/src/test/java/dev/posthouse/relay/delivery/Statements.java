package dev.posthouse.relay.delivery;

/** Statements of this package, for tests that look at how they are worked off. */
public final class Statements {

    private Statements() {}

    /** What makes peers due for which there is something. */
    public static String wake() {
        return Peers.WAKE;
    }

    /** What finds peers that nobody looks after. */
    public static String sweep() {
        return Peers.SWEEP;
    }
}
