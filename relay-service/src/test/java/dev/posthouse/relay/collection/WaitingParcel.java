package dev.posthouse.relay.collection;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.testing.TestDatabase;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;

/**
 * A parcel that another replica has put into the store.
 *
 * @param id its delivery id
 * @param octets of it
 */
@SuppressWarnings("ArrayRecordComponent") // Looked at once, never compared.
record WaitingParcel(UUID id, byte[] octets) {

    private static final Random RANDOM = new Random();

    private static final String INSERT =
            """
            insert into parcel (identity, gateway, recipient, sender, message_id, created, expires,
                digest, size, octets, delivery_id, arrived)
            values (?, ?, 'recipient', 'sender', 'an id', ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String MANY =
            """
            insert into parcel (identity, gateway, recipient, sender, message_id, created, expires,
                digest, size, octets, delivery_id, arrived)
            select sha256(convert_to(? || n, 'UTF8')), ?, 'recipient', 'sender', 'id ' || n, ?, ?,
                sha256('x'), ?, ?, gen_random_uuid(), ?
            from generate_series(1, ?) as n
            """;

    /** One of so many octets. */
    static WaitingParcel add(NodeId gateway, int size) {
        return add(gateway, size, Duration.ofDays(1));
    }

    /** One that lives so long. */
    static WaitingParcel add(NodeId gateway, int size, Duration lives) {
        WaitingParcel parcel = new WaitingParcel(UUID.randomUUID(), random(size));
        Timestamp now = Timestamp.from(MovedClock.AT);
        TestDatabase.change(
                INSERT,
                random(32),
                gateway.text(),
                now,
                Timestamp.from(MovedClock.AT.plus(lives)),
                random(32),
                size,
                parcel.octets(),
                parcel.id(),
                now);
        return parcel;
    }

    /** Very many. */
    static void addMany(NodeId gateway, int count, int size) {
        Timestamp now = Timestamp.from(MovedClock.AT);
        TestDatabase.change(
                MANY,
                gateway.text(),
                gateway.text(),
                now,
                Timestamp.from(MovedClock.AT.plus(Duration.ofDays(1))),
                size,
                random(size),
                now,
                count);
    }

    private static byte[] random(int size) {
        byte[] octets = new byte[size];
        RANDOM.nextBytes(octets);
        return octets;
    }

    /** Whether anything can be asked of it. */
    static boolean isDatabaseThere() {
        try {
            return TestDatabase.ask("select 1").equals("1");
        } catch (IllegalStateException away) {
            return false;
        }
    }

    /** How many wait for that gateway. */
    static int waiting(NodeId gateway) {
        return Integer.parseInt(
                TestDatabase.ask(
                        "select count(*) from parcel where gateway = ? and octets is not null",
                        gateway.text()));
    }
}
