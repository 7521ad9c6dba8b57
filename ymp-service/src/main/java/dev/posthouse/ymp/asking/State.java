package dev.posthouse.ymp.asking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What tells a grant that was asked for (YMP, section 4): whoever knows it is the host it was sent
 * to. It is stored as a hash and written nowhere else.
 *
 * @param text as in JSON
 */
record State(String text) {

    private static final int OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static State random() {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return new State(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return "a state";
    }
}
