package dev.posthouse.bench.relay;

import dev.posthouse.bench.rig.Sql;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.common.node.NodeId;
import java.util.UUID;

/**
 * Rows of parcels that are made by hand: they wait as those do that were brought.
 *
 * @param database the relay's
 * @param octets of each of them
 */
@SuppressWarnings("ArrayRecordComponent") // One parcel, never compared.
record StoredParcels(Sql database, byte[] octets) {

    private static final String COLUMNS =
            """
            insert into parcel (identity, gateway, recipient, sender, message_id, created, expires,
              digest, size, octets, delivery_id, arrived)
            """;

    private static final String FOR_ONE =
            COLUMNS
                    + """
                    select sha256((? || n)::bytea), ?, ?, ?, ? || n, now(), now() + interval '1 day',
                      sha256(?), ?, ?, gen_random_uuid(), now()
                    from generate_series(1, ?) n
                    """;

    /** Of a hundred gateways with an endpoint each, and a thousand senders. */
    private static final String FOR_OTHERS =
            COLUMNS
                    + """
                    select sha256((? || n)::bytea),
                      '0' || encode(sha256(('gateway ' || n % 100)::bytea), 'hex'),
                      '0' || encode(sha256(('endpoint ' || n % 100)::bytea), 'hex'),
                      '0' || encode(sha256(('sender ' || n % 1000)::bytea), 'hex'),
                      ? || n, now(), now() + interval '1 day',
                      sha256(?), ?, ?, gen_random_uuid(), now()
                    from generate_series(?, ?) n
                    """;

    private static final int AT_A_TIME = 20_000;

    /** So many for an endpoint of that gateway. */
    void addFor(NodeIdentity gateway, NodeId endpoint, int count) {
        String run = UUID.randomUUID() + "-";
        database.run(
                FOR_ONE,
                run,
                gateway.id().text(),
                endpoint.text(),
                endpoint.text(),
                run,
                octets,
                octets.length,
                octets,
                count);
    }

    /** So many for gateways that nobody hears of; they are at rest on the disk then. */
    void addForOthers(int count) {
        String run = UUID.randomUUID() + "-";
        for (int first = 1; first <= count; first += AT_A_TIME) {
            int last = Math.min(count, first + AT_A_TIME - 1);
            database.run(FOR_OTHERS, run, run, octets, octets.length, octets, first, last);
        }
        database.run("vacuum (analyze) parcel");
        database.run("checkpoint");
    }

    /** Nothing waits any more. */
    void clear() {
        database.run("truncate table parcel");
    }
}
