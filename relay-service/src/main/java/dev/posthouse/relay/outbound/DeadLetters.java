package dev.posthouse.relay.outbound;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Parcels that are not sent any more, until an operator drives them again (PoHTTP, section 9). */
@Singleton
public final class DeadLetters implements PanacheRepositoryBase<OutboundRow, Long> {

    private static final String LIST =
            """
            select seq, identity, internet_address, recipient, content_type, expires, size, version,
              attempts, due_at, dead, dead_at, arrived
            from outbound
            where dead is not null and (:peer = '' or internet_address = :peer)
            order by internet_address, seq limit :most
            """;

    private static final String COUNT =
            """
            select count(*) from (
              select 1 from outbound where dead is not null limit :most) counted
            """;

    private static final String REDRIVE =
            """
            with picked as materialized (
              select seq from outbound
              where dead is not null and dead_at <= :now and expires > :now
                and (:peer = '' or internet_address = :peer) and (:all or seq = any (:seqs))
              order by internet_address, seq limit :most for update skip locked)
            update outbound o set attempts = 0, due_at = null, dead = null, dead_at = null
            from picked p where o.seq = p.seq
            returning o.peer
            """;

    /** Dead letters, for one Internet address or all, one by one and oldest first. */
    public List<DeadLetter> list(Optional<String> peer, int most) {
        return getSession()
                .createNativeQuery(LIST, OutboundRow.class)
                .setParameter("peer", peer.orElse(""))
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(OutboundRow::toDeadLetter)
                .toList();
    }

    /** How many there are, counted no further than that. */
    long count(int most) {
        return getSession()
                .createNativeQuery(COUNT, Long.class)
                .setParameter("most", most)
                .getSingleResult();
    }

    /**
     * Makes some of those wait again that were dead by then.
     *
     * @param peer those for one Internet address, or for all
     * @param seqs just these, or, empty, all
     * @return the peer of each
     */
    List<String> redrive(Optional<String> peer, Collection<Long> seqs, Instant now, int most) {
        return getSession()
                .createNativeQuery(REDRIVE, String.class)
                .setParameter("peer", peer.orElse(""))
                .setParameter("all", seqs.isEmpty())
                .setParameter("seqs", seqs.toArray(Long[]::new))
                .setParameter("most", most)
                .setParameter("now", now)
                .getResultList();
    }
}
