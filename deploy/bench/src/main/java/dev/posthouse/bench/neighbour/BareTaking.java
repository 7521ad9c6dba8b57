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
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the YMP host does to its database for a packet: the look-up of the token by itself, then one
 * transaction with the messages, which are added to the sender's load, and the events. The same
 * statements, on tables like its own.
 *
 * @param messages in a packet
 */
record BareTaking(int messages) {

    static final List<String> TABLES =
            List.of("peer", "granted_token", "inbox", "inbox_load", "outbox");

    /** The tokens to be looked up. */
    static final String SENDERS =
            "insert into bench_granted_token (token_hash, host, created, expires)"
                    + " select sha256(('sender-' || n || '.example')::bytea), 'sender-' || n || '.example',"
                    + " now(), now() + interval '1 day' from generate_series(0, 255) n";

    private static final int COUNT = 256;
    private static final String TEXT = "x".repeat(400);
    private static final String EVENT_BODY = "x".repeat(650);

    private static final String TOKEN =
            """
            select token_hash, host, exists (
              select 1 from bench_peer p where p.host = t.host and p.blocked)
            from bench_granted_token t
            where token_hash = ? and revoked is null and expires > ?
            """;
    private static final String INTAKE =
            """
            with load as (
              insert into bench_inbox_load as l (sender_host, messages, octets, taken)
              values (?, ?, ?, ?)
              on conflict (sender_host) do update
              set messages = l.messages + excluded.messages, octets = l.octets + excluded.octets,
                taken = l.taken + excluded.taken
              returning sender_host, messages, octets),
            added as (
              insert into bench_inbox (sender_host, id, content_hash, protocol, service, octets,
                message, received)
              select load.sender_host, id, decode(hash, 'hex'), protocol, service, given.octets,
                message, ?
              from load cross join unnest(?, ?, ?, ?, ?, ?)
                with ordinality as given (id, hash, protocol, service, octets, message, place)
              order by place
              on conflict (sender_host, id) do nothing
              returning id, seq)
            select load.messages, load.octets, added.id, added.seq
            from load left join added on true
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

    private void add(Connection connection, String sender, Timestamp now) throws SQLException {
        String packet = UUID.randomUUID().toString();
        String[] ids = texts(message -> packet + "-" + message);
        try (PreparedStatement add = connection.prepareStatement(INTAKE)) {
            add.setString(1, sender);
            add.setLong(2, messages);
            add.setLong(3, (long) messages * TEXT.length());
            add.setLong(4, messages);
            add.setObject(5, now.toInstant().atOffset(ZoneOffset.UTC));
            add.setArray(6, array(connection, ids));
            add.setArray(
                    7, array(connection, texts(m -> HexFormat.of().formatHex(sha256(ids[m])))));
            add.setArray(8, array(connection, texts(message -> "bench")));
            add.setArray(9, array(connection, texts(message -> "notes")));
            add.setArray(10, connection.createArrayOf("int4", octets()));
            add.setArray(11, array(connection, texts(message -> TEXT)));
            try (ResultSet added = add.executeQuery()) {
                while (added.next()) {
                    added.getLong(4);
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
