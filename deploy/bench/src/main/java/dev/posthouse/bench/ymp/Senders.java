package dev.posthouse.bench.ymp;

import dev.posthouse.testing.TestPostgres;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.UUID;

/**
 * Hosts that hold tokens of the one that is measured. Nobody has asked for them: their rows are
 * made by hand.
 *
 * @param receiver the host that is measured
 * @param count of the senders
 * @param run part of every message's id, so that no message is a repeat
 */
public record Senders(String receiver, int count, String run) {

    private static final String GRANT =
            "insert into granted_token (token_hash, host, created, expires)"
                    + " values (?, ?, now(), now() + interval '1 day')";
    private static final String TEXT = "0123456789abcdef".repeat(12);

    /** So many hosts, and ids that no run had before. */
    public static Senders to(String receiver, int count) {
        return new Senders(receiver, count, UUID.randomUUID().toString().substring(0, 8));
    }

    /** Makes the tokens count. */
    public void grant(String jdbcUrl) {
        try (Connection connection = TestPostgres.connect(jdbcUrl);
                PreparedStatement insert = connection.prepareStatement(GRANT)) {
            for (int sender = 0; sender < count; sender++) {
                insert.setBytes(1, sha256(token(sender)));
                insert.setString(2, host(sender));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String host(int sender) {
        return "sender-" + sender + ".example";
    }

    /** The token of whoever sends a packet of that number. */
    public String tokenFor(int packet) {
        return token(packet % count);
    }

    private String token(int sender) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256(run + " " + host(sender)));
    }

    /** A packet of so many messages, all of them new. */
    public Buffer packet(int packet, int messages) {
        String sender = host(packet % count);
        Buffer json = Buffer.buffer("{\"packet\":{\"messages\":[");
        for (int message = 0; message < messages; message++) {
            json.appendString(message == 0 ? "" : ",")
                    .appendString("{\"sender\":{\"host\":\"")
                    .appendString(sender)
                    .appendString("\",\"protocol\":\"bench\",\"service\":\"notes\"},\"id\":\"")
                    .appendString(run + "-" + messages + "-" + packet + "-" + message)
                    .appendString("\",\"host\":\"")
                    .appendString(receiver)
                    .appendString("\",\"protocol\":\"bench\",\"service\":\"notes\",")
                    .appendString("\"action\":\"put\",\"payload\":{\"text\":\"")
                    .appendString(TEXT)
                    .appendString("\"}}");
        }
        return json.appendString("]}}");
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
