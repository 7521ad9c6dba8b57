package dev.posthouse.relay.ramf;

/** What came is no signature, or not over that. */
public final class InvalidSignature extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidSignature() {
        super("The signature is not valid.", null, false, false);
    }
}
