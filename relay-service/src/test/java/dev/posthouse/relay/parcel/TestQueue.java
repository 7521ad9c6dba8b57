package dev.posthouse.relay.parcel;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.testing.TestDatabase;
import java.time.ZoneOffset;

/** Parcels that wait without having been sent by anybody. */
public final class TestQueue {

    /** Octets of each. */
    public static final int SIZE = 100;

    private static final String FILL =
            """
            insert into parcel (identity, gateway, recipient, sender, message_id, created, expires,
              digest, size, octets, delivery_id, arrived)
            select sha256(convert_to(?::text || n, 'UTF8')), ?, ?, ?, n, ?, ?, '\\x00', ?,
              convert_to(rpad('parcel ' || n || ' ', ?), 'UTF8'), gen_random_uuid(), ?
            from generate_series(1, ?) as n
            """;

    private TestQueue() {}

    /** So many for an endpoint of that gateway, for an hour. */
    public static void fill(NodeId gateway, NodeId recipient, int parcels) {
        var now = MovedClock.AT.atOffset(ZoneOffset.UTC);
        TestDatabase.change(
                FILL,
                TestArrival.node().text(),
                gateway.text(),
                recipient.text(),
                TestArrival.node().text(),
                now,
                now.plusHours(1),
                SIZE,
                SIZE,
                now,
                parcels);
    }

    /** Nothing waits for that gateway any longer. */
    public static void empty(NodeId gateway) {
        TestDatabase.change("delete from parcel where gateway = ?", gateway.text());
    }
}
