package dev.posthouse.bench.neighbour;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the relay stores for a parcel: one transaction with the parcel and the event, inserted one
 * after the other, as JDBC does it by itself; the relay has one statement for both. The same rows,
 * on tables like its own; parcels as long as those of its page, for as many gateways.
 */
final class BareAcceptance {

    static final List<String> TABLES = List.of("parcel", "outbox");

    private static final int GATEWAYS = 16;
    private static final int SENDERS = 128;
    private static final Duration LIFE = Duration.ofDays(1);
    private static final byte[] OCTETS = new byte[5_000];
    private static final String EVENT_BODY = "x".repeat(450);
    private static final String TRACEPARENT = "x".repeat(55);

    private static final String ADD =
            """
            insert into bench_parcel as p (identity, gateway, recipient, sender, message_id, created,
              expires, digest, size, octets, sent_by, delivery_id, arrived)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (identity) do update
            set seq = default, created = excluded.created, expires = excluded.expires,
              digest = excluded.digest, size = excluded.size, octets = excluded.octets,
              sent_by = excluded.sent_by, delivery_id = excluded.delivery_id,
              arrived = excluded.arrived
            where p.expires < excluded.arrived
              or p.octets is not null and p.digest <> excluded.digest
                and p.created <= excluded.created
            returning xmax = 0
            """;
    private static final String OUTBOX =
            "insert into bench_outbox (topic, key, body, traceparent) values (?, ?, ?, ?)";

    private BareAcceptance() {}

    /** A parcel that is new. */
    static void accept(Connection connection) throws SQLException {
        int sender = ThreadLocalRandom.current().nextInt(SENDERS);
        String gateway = id("gateway " + sender % GATEWAYS);
        add(connection, gateway, id("sender " + sender));
        tell(connection, gateway);
        connection.commit();
    }

    private static void add(Connection connection, String gateway, String sender)
            throws SQLException {
        String messageId = UUID.randomUUID().toString();
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setBytes(1, sha256(gateway + sender + messageId));
            add.setString(2, gateway);
            add.setString(3, id("endpoint of " + gateway));
            add.setString(4, sender);
            add.setString(5, messageId);
            add.setObject(6, utc(now));
            add.setObject(7, utc(now.plus(LIFE)));
            add.setBytes(8, sha256(messageId));
            add.setInt(9, OCTETS.length);
            add.setBytes(10, OCTETS);
            add.setString(11, null);
            add.setObject(12, UUID.randomUUID());
            add.setObject(13, utc(now));
            try (ResultSet added = add.executeQuery()) {
                added.next();
            }
        }
    }

    private static void tell(Connection connection, String gateway) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(OUTBOX)) {
            insert.setString(1, "relay.parcel-accepted");
            insert.setString(2, gateway);
            insert.setString(3, EVENT_BODY);
            insert.setString(4, TRACEPARENT);
            insert.executeUpdate();
        }
    }

    private static String id(String name) {
        return "0" + HexFormat.of().formatHex(sha256(name));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
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
