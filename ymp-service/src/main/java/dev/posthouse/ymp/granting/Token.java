package dev.posthouse.ymp.granting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token: 32 octets nobody can guess, in base64url (YMP, section 5). Only its hash is kept.
 *
 * @param value what its holder shows; a secret
 */
record Token(String value) {

    private static final int OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** One that has never been. */
    static Token fresh() {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    /** SHA-256 of what its holder shows. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(value.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public String toString() {
        return "a token";
    }
}
