package dev.posthouse.common.accessurl;

import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An AccessURL whose signature, audience and expiry were checked (certificates, section 7). It is a
 * capability: {@link #toString} shows a hash of it only.
 *
 * @param url the whole URL, as it was sent
 * @param jti its random name, which is the session's key at CA and Repository
 * @param sessionHash claim {@code sh}
 * @param form claim {@code pf}: the form the certificate goes back in
 * @param issuedAt when the proxy accepted the CSR
 * @param expires when everything about the session ends
 */
public record AccessUrl(
        String url,
        String jti,
        String sessionHash,
        PemForm form,
        Instant issuedAt,
        Instant expires) {

    /** The {@code typ} of the token. */
    public static final String TYPE = "access-url+jwt";

    /** The longest AccessURL there is. */
    public static final int MOST_CHARACTERS = 1024;

    /** Octets of the session's hash in claim {@code sh}. */
    private static final int SESSION_HASH_OCTETS = 16;

    /** Claim {@code sh} for a session: the first 16 octets of a SHA-256, base64url. */
    public static String sessionHash(SessionName sessionName) {
        byte[] hash = sha256("session\n" + sessionName.value());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(hash, SESSION_HASH_OCTETS));
    }

    /** Whether this URL was made for that session; in constant time. */
    public boolean isFor(SessionName sessionName) {
        return MessageDigest.isEqual(
                sessionHash.getBytes(StandardCharsets.US_ASCII),
                sessionHash(sessionName).getBytes(StandardCharsets.US_ASCII));
    }

    /** What logs and events may say of this session: SHA-256 of {@code jti}, hex. */
    public String jtiHash() {
        return jtiHash(jti);
    }

    /** What logs and events may say of a session: SHA-256 of its {@code jti}, hex. */
    public static String jtiHash(String jti) {
        return HexFormat.of().formatHex(sha256(jti));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public String toString() {
        return "AccessUrl[" + jtiHash() + "]";
    }
}
