package dev.posthouse.common.x509;

/** Text that is not a chain of certificates as certificates, section 2.5 has it. */
public final class InvalidCertificate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    InvalidCertificate(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The fixed machine word of this refusal. */
    public String code() {
        return code;
    }
}
