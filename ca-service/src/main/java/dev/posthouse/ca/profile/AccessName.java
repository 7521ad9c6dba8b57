package dev.posthouse.ca.profile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.util.encoders.Base32;

/**
 * The generated DNS name of a session (certificates, section 7): one-way, since a certificate is
 * public and the AccessURL is not.
 */
public record AccessName(String value) {

    private static final int LABEL = 32;

    /** Label, dot and domain must fit into the 253 characters of a DNS name. */
    private static final int LONGEST_DOMAIN = 253 - LABEL - 1;

    private static final Pattern DOMAIN =
            Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))*");

    /**
     * A domain that AccessNames can be made in.
     *
     * @throws IllegalArgumentException when it is no DNS name in lower case, or too long
     */
    static String domain(String text) {
        if (text.length() > LONGEST_DOMAIN || !DOMAIN.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a DNS name in lower case, not " + text);
        }
        return text;
    }

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
