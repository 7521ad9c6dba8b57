package dev.posthouse.relay.parcel;

import dev.posthouse.common.outbox.Outbox;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Where every parcel is stored with its event (PoHTTP, section 10), by JDBC alone and in one
 * statement, in which the database decides which of several that arrive at once is the one. It is a
 * transaction of its own: one round trip for a parcel instead of three.
 */
@Singleton
final class Intake {

    /**
     * What is known until its expiry and has been collected is a repeat, whatever its octets. A new
     * version comes after all that wait, or a connection that has passed its place would miss it.
     */
    private static final String ADD =
            """
            with added as (
              insert into parcel as p (identity, gateway, recipient, sender, message_id, created,
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
              returning xmax = 0 as is_new),
            told as (
              insert into outbox (topic, key, body, traceparent) select ?, ?, ?, ? from added)
            select is_new from added
            """;

    private final DataSource dataSource;

    Intake(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What became of a parcel. */
    enum Outcome {
        /** It waits now. */
        STORED,
        /** It waits now, instead of an older version. */
        REPLACED,
        /** It waits already, or a newer version does, or it has been collected. */
        REPEATED
    }

    /** Stores a parcel durably, and its event unless it is a repeat. */
    Outcome add(Arrival parcel, Outbox.Row event, Instant now) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            Arrival.Names names = parcel.names();
            add.setBytes(1, names.identity());
            add.setString(2, names.gateway().text());
            add.setString(3, names.recipient().text());
            add.setString(4, names.sender().text());
            add.setString(5, names.messageId());
            add.setObject(6, utc(parcel.created()));
            add.setObject(7, utc(parcel.expires()));
            add.setBytes(8, parcel.digest());
            add.setInt(9, parcel.size());
            add.setBytes(10, parcel.octets());
            add.setString(11, parcel.sentBy().orElse(null));
            add.setObject(12, UUID.randomUUID());
            add.setObject(13, utc(now));
            add.setString(14, event.topic());
            add.setString(15, event.key());
            add.setString(16, event.body());
            add.setString(17, event.traceparent());
            return read(add);
        } catch (SQLException failure) {
            throw new IllegalStateException("A parcel cannot be stored", failure);
        }
    }

    private static Outcome read(PreparedStatement add) throws SQLException {
        try (ResultSet row = add.executeQuery()) {
            if (!row.next()) {
                return Outcome.REPEATED;
            }
            return row.getBoolean(1) ? Outcome.STORED : Outcome.REPLACED;
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
