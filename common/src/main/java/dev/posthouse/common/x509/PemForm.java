package dev.posthouse.common.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Locale;

/** The two readings of "PEM" on the wire (certificates, section 2.5). */
public enum PemForm {
    /** The armour itself. */
    PEM,
    /** Base64 of the whole armour, as the first prototype sent it. */
    B64;

    /** This form as the AccessURL's claim {@code pf} names it. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The form that a claim {@code pf} names.
     *
     * @throws IllegalArgumentException if it names none
     */
    public static PemForm ofClaim(String claim) {
        for (PemForm form : values()) {
            if (form.claim().equals(claim)) {
                return form;
            }
        }
        throw new IllegalArgumentException("The form is neither pem nor b64.");
    }

    /** The armour as this form puts it on the wire. */
    public String write(String armour) {
        return switch (this) {
            case PEM -> armour;
            case B64 -> Base64.getEncoder().encodeToString(armour.getBytes(US_ASCII));
        };
    }
}
