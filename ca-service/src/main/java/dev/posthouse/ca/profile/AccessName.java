package dev.posthouse.ca.profile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.bouncycastle.util.encoders.Base32;

/**
 * The generated DNS name of a session (certificates, section 7): one-way, since a certificate is
 * public and the AccessURL is not.
 */
public record AccessName(String value) {

    private static final int LABEL = 32;

    /** The name of that session inside the domain. */
    static AccessName of(String jti, String domain) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(("access-name\n" + jti).getBytes(StandardCharsets.UTF_8));
            String label = Base32.toBase32String(hash).substring(0, LABEL);
            return new AccessName(label.toLowerCase(Locale.ROOT) + "." + domain);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
