package dev.posthouse.ymp.host;

/**
 * What is done before a call has prevented it: the caller's own affair, which says nothing of the
 * host and nothing to others who ask it.
 */
public class CallPrevented extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For that reason. */
    protected CallPrevented(String why) {
        super(why, null, false, false);
    }
}
