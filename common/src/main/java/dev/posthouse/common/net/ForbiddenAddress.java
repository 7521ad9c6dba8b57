package dev.posthouse.common.net;

/**
 * An address that no certificate may carry (certificates, section 5 rule 6); a door answers 403.
 */
public final class ForbiddenAddress extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddress(String message) {
        super(message);
    }

    /** The fixed machine word of this refusal. */
    public String code() {
        return "address.forbidden";
    }
}
