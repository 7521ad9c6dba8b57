package dev.posthouse.ymp;

import dev.posthouse.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A token with which a host may send packets, as if it had been granted.
 *
 * @param token as it is shown
 */
record PacketPass(String token) {

    static PacketPass issue() {
        String token = "test-" + UUID.randomUUID();
        OffsetDateTime now =
                Instant.ofEpochMilli(System.currentTimeMillis()).atOffset(ZoneOffset.UTC);
        TestDatabase.change(
                "insert into granted_token (token_hash, host, created, expires) values (?, ?, ?, ?)",
                sha256(token),
                "passing.example",
                now,
                now.plusMinutes(10));
        return new PacketPass(token);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
