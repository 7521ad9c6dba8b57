package dev.posthouse.bench.neighbour;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the YMP host does to its database for a packet: the look-up of the token by itself, then one
 * transaction with the sender's load, the messages and the events. The same statements, on tables
 * like its own.
 *
 * @param messages in a packet
 */
record BareTaking(int messages) {

    static final List<String> TABLES = List.of("granted_token", "inbox", "inbox_load", "outbox");

    /** The tokens to be looked up. */
    static final String SENDERS =
            "insert into bench_granted_token (token_hash, host, created, expires)"
                    + " select sha256(('sender-' || n || '.example')::bytea), 'sender-' || n || '.example',"
                    + " now(), now() + interval '1 day' from generate_series(0, 255) n";

    private static final int COUNT = 256;
    private static final String TEXT = "x".repeat(400);
    private static final String EVENT_BODY = "x".repeat(650);

    private static final String TOKEN =
            "select host from bench_granted_token where token_hash = ? and revoked is null and expires > ?";
    private static final String LOAD =
            """
            insert into bench_inbox_load as l (sender_host, messages, octets, taken)
            values (?, ?, ?, ?)
            on conflict (sender_host) do update
            set messages = l.messages + excluded.messages, octets = l.octets + excluded.octets,
              taken = l.taken + excluded.taken
            returning messages, octets
            """;
    private static final String INBOX =
            """
            insert into bench_inbox (sender_host, id, content_hash, protocol, service, octets, message,
              received)
            select cast(? as text), id, decode(hash, 'hex'), protocol, service, octets, message,
              cast(? as timestamptz)
            from unnest(cast(? as text[]), cast(? as text[]), cast(? as text[]),
              cast(? as text[]), cast(? as int[]), cast(? as text[]))
              with ordinality as given (id, hash, protocol, service, octets, message, place)
            order by place
            on conflict (sender_host, id) do nothing
            returning id, seq
            """;
    private static final String OUTBOX =
            "insert into bench_outbox (topic, key, body, traceparent) values (?, ?, ?, ?)";

    /** A packet of a sender, all of it new. */
    void take(Connection connection) throws SQLException {
        String sender = "sender-" + ThreadLocalRandom.current().nextInt(COUNT) + ".example";
        Timestamp now = new Timestamp(System.currentTimeMillis());
        connection.setAutoCommit(true);
        lookUp(connection, sender, now);
        connection.setAutoCommit(false);
        load(connection, sender);
        add(connection, sender, now);
        tell(connection, sender);
        connection.commit();
    }

    private static void lookUp(Connection connection, String sender, Timestamp now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(TOKEN)) {
            select.setBytes(1, sha256(sender));
            select.setTimestamp(2, now);
            select.executeQuery().close();
        }
    }

    private void load(Connection connection, String sender) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(LOAD)) {
            upsert.setString(1, sender);
            upsert.setLong(2, messages);
            upsert.setLong(3, (long) messages * TEXT.length());
            upsert.setLong(4, messages);
            upsert.executeQuery().close();
        }
    }

    private void add(Connection connection, String sender, Timestamp now) throws SQLException {
        String packet = UUID.randomUUID().toString();
        String[] ids = texts(message -> packet + "-" + message);
        try (PreparedStatement insert = connection.prepareStatement(INBOX)) {
            insert.setString(1, sender);
            insert.setTimestamp(2, now);
            insert.setArray(3, array(connection, ids));
            insert.setArray(
                    4, array(connection, texts(m -> HexFormat.of().formatHex(sha256(ids[m])))));
            insert.setArray(5, array(connection, texts(message -> "bench")));
            insert.setArray(6, array(connection, texts(message -> "notes")));
            insert.setArray(7, connection.createArrayOf("int4", octets()));
            insert.setArray(8, array(connection, texts(message -> TEXT)));
            try (ResultSet added = insert.executeQuery()) {
                while (added.next()) {
                    added.getLong(2);
                }
            }
        }
    }

    private void tell(Connection connection, String sender) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(OUTBOX)) {
            for (int event = 0; event <= messages; event++) {
                insert.setString(1, "ymp.message-received");
                insert.setString(2, sender);
                insert.setString(3, EVENT_BODY);
                insert.setString(4, TEXT.substring(0, 55));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Array array(Connection connection, String[] texts) throws SQLException {
        return connection.createArrayOf("text", texts);
    }

    private String[] texts(IntFunction<String> text) {
        return IntStream.range(0, messages).mapToObj(text).toArray(String[]::new);
    }

    private Integer[] octets() {
        Integer[] octets = new Integer[messages];
        Arrays.fill(octets, TEXT.length());
        return octets;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
