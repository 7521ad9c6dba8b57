package dev.posthouse.common.x509;

/** A CSR that breaks a rule of certificates, section 5; a door answers 400. */
public final class InvalidCsr extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    InvalidCsr(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The fixed machine word of this refusal. */
    public String code() {
        return code;
    }

    static void unless(boolean holds, String code, String message) {
        if (!holds) {
            throw new InvalidCsr(code, message);
        }
    }
}
