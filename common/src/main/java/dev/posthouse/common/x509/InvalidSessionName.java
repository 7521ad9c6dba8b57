package dev.posthouse.common.x509;

/** A text that is no SessionName (certificates, section 4); a door answers 400. */
public final class InvalidSessionName extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSessionName() {
        super("A session name is 16 to 64 letters, digits, '-' or '_'.");
    }

    /** The fixed machine word of this refusal. */
    public String code() {
        return "session.name";
    }
}
