package dev.posthouse.relay.admin;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** What waits for private gateways (PoHTTP, section 11.3), to be looked at only. */
@Singleton
final class Queues implements PanacheRepositoryBase<QueueRow, Long> {

    /** Each gateway's first in one step of the index. */
    private static final String LIST =
            """
            with recursive first (gateway, seq) as (
              (select gateway, seq from parcel where octets is not null and gateway > :after
               order by gateway, seq limit 1)
              union all
              select next.gateway, next.seq
              from first f cross join lateral (
                select p.gateway, p.seq from parcel p
                where p.octets is not null and p.gateway > f.gateway
                order by p.gateway, p.seq limit 1) next),
            listed as (select gateway, seq from first limit :most)
            select l.gateway, s.parcels, s.octets,
              (select arrived from parcel p where p.seq = l.seq) as oldest
            from listed l cross join lateral (
              select count(*) as parcels, cast(sum(size) as bigint) as octets
              from parcel p where p.gateway = l.gateway and p.octets is not null) s
            order by l.gateway
            """;

    private static final String PARCELS =
            """
            select seq, identity, recipient, sender, size, created, arrived, expires, sent_by
            from parcel
            where gateway between :gateway and :gateway and seq > :after and octets is not null
            order by gateway, seq limit :most
            """;

    /** So many at most, those whose ids come after that one. */
    List<Queue> list(String after, int most) {
        return getSession()
                .createNativeQuery(LIST, Tuple.class)
                .addScalar("gateway", String.class)
                .addScalar("parcels", Long.class)
                .addScalar("octets", Long.class)
                .addScalar("oldest", Instant.class)
                .setParameter("after", after)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(row ->
                        new Queue(
                                row.get("gateway", String.class),
                                row.get("parcels", Long.class),
                                row.get("octets", Long.class),
                                row.get("oldest", Instant.class)))
                .toList();
    }

    /** So many at most of one gateway, those whose places come after that one. */
    List<QueuedParcel> parcels(String gateway, long after, int most) {
        return getSession()
                .createNativeQuery(PARCELS, Tuple.class)
                .addScalar("seq", Long.class)
                .addScalar("identity", byte[].class)
                .addScalar("recipient", String.class)
                .addScalar("sender", String.class)
                .addScalar("size", Integer.class)
                .addScalar("created", Instant.class)
                .addScalar("arrived", Instant.class)
                .addScalar("expires", Instant.class)
                .addScalar("sent_by", String.class)
                .setParameter("gateway", gateway)
                .setParameter("after", after)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(Queues::parcel)
                .toList();
    }

    private static QueuedParcel parcel(Tuple row) {
        return new QueuedParcel(
                row.get("seq", Long.class),
                HexFormat.of().formatHex(row.get("identity", byte[].class)),
                row.get("recipient", String.class),
                row.get("sender", String.class),
                row.get("size", Integer.class),
                new QueuedParcel.Times(
                        row.get("created", Instant.class),
                        row.get("arrived", Instant.class),
                        row.get("expires", Instant.class)),
                row.get("sent_by", String.class));
    }
}
