package dev.posthouse.common.x509;

/** A text that is no chain of certificates as certificates, section 2.5 has it. */
public final class InvalidCertificate extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidCertificate() {
        super("The text is not a chain of PEM certificates.");
    }

    /** The fixed machine word of this refusal. */
    public String code() {
        return "cert.pem";
    }
}
