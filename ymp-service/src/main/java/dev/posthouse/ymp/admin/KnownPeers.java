package dev.posthouse.ymp.admin;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;

/** The hosts we send to, that may send to us, or that an operator has named (YMP, section 9). */
@Singleton
final class KnownPeers implements PanacheRepositoryBase<KnownPeerRow, String> {

    private static final String LIST =
            """
            with known (host) as (
              (select host from peer where host > :after order by host limit :most)
              union
              (select distinct host from granted_token
               where host > :after and revoked is null and expires > :now
               order by host limit :most)
              order by 1 limit :most)
            select k.host, coalesce(p.blocked, false) as blocked,
              coalesce(p.failures, 0) as failures,
              case when p.backoff_until > :now then p.backoff_until end as backoff_until,
              h.expires as token_expires,
              (select o.posted from outgoing o
               where o.host between k.host and k.host and o.sent is null and o.dead is null
               order by o.host, o.seq limit 1) as oldest,
              (select count(*) from (
                select 1 from outgoing o
                where o.host = k.host and o.sent is null and o.dead is null
                limit 10000) w) as waiting,
              (select count(*) from granted_token g
               where g.host = k.host and g.revoked is null and g.expires > :now) as granted
            from known k
            left join peer p on p.host = k.host
            left join held_token h on h.host = k.host and h.expires > :now
            order by k.host
            """;

    /** So many at most, those whose names come after that one. */
    List<KnownPeer> list(String after, int most, Instant now) {
        return getSession()
                .createNativeQuery(LIST, Tuple.class)
                .addScalar("host", String.class)
                .addScalar("blocked", Boolean.class)
                .addScalar("failures", Integer.class)
                .addScalar("backoff_until", Instant.class)
                .addScalar("token_expires", Instant.class)
                .addScalar("oldest", Instant.class)
                .addScalar("waiting", Long.class)
                .addScalar("granted", Long.class)
                .setParameter("after", after)
                .setParameter("most", most)
                .setParameter("now", now)
                .getResultList()
                .stream()
                .map(KnownPeers::peer)
                .toList();
    }

    private static KnownPeer peer(Tuple row) {
        return new KnownPeer(
                row.get("host", String.class),
                row.get("blocked", Boolean.class),
                new KnownPeer.Backlog(
                        row.get("waiting", Long.class),
                        row.get("oldest", Instant.class),
                        row.get("failures", Integer.class),
                        row.get("backoff_until", Instant.class)),
                row.get("token_expires", Instant.class),
                row.get("granted", Long.class));
    }
}
