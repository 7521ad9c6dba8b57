package dev.posthouse.common.x509;

/** A name that is no SessionName (certificates, section 4); a door answers 400. */
public final class InvalidSessionName extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    InvalidSessionName(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The fixed machine word of this refusal. */
    public String code() {
        return code;
    }
}
