package dev.posthouse.relay.outbound;

import dev.posthouse.common.queue.DepthGauges.Depth;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;

/** What waits for each peer, for metrics. */
@Singleton
final class Backlog implements PanacheRepositoryBase<OutboundRow, Long> {

    /** Each peer's first in a step or two; only those of the few listed are counted. */
    static final String DEPTHS =
            """
            with recursive fresh (peer, arrived) as (
              (select peer, arrived from outbound where {fresh} order by peer, seq limit 1)
              union all
              select next.peer, next.arrived
              from fresh f cross join lateral (
                select o.peer, o.arrived from outbound o where {fresh} and o.peer > f.peer
                order by o.peer, o.seq limit 1) next),
            delayed (peer, arrived) as (
              (select peer, arrived from outbound where {delayed} order by peer, due_at limit 1)
              union all
              select next.peer, next.arrived
              from delayed d cross join lateral (
                select o.peer, o.arrived from outbound o where {delayed} and o.peer > d.peer
                order by o.peer, o.due_at limit 1) next),
            oldest as (
              select peer, min(arrived) as arrived
              from (select * from fresh union all select * from delayed) both_kinds
              group by peer order by 2 limit :most)
            select o.peer, o.arrived, (
              select count(*) from (
                select 1 from outbound where peer = o.peer and {fresh}
                union all
                select 1 from outbound where peer = o.peer and {delayed}
                limit 10000) counted) as parcels
            from oldest o
            """
                    .replace("{fresh}", "octets is not null and dead is null and due_at is null")
                    .replace(
                            "{delayed}",
                            "octets is not null and dead is null and due_at is not null");

    /** What waits for those peers whose oldest, as far as their first few say, waits longest. */
    List<Depth> depths(int most) {
        return getSession()
                .createNativeQuery(DEPTHS, Tuple.class)
                .addScalar("peer", String.class)
                .addScalar("arrived", Instant.class)
                .addScalar("parcels", Long.class)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(row ->
                        new Depth(
                                row.get("peer", String.class),
                                row.get("arrived", Instant.class),
                                row.get("parcels", Long.class)))
                .toList();
    }
}
