package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.guard.HostName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Messages that are not sent any more, until an operator drives them again (YMP, section 6). */
@Singleton
public final class DeadLetters implements PanacheRepositoryBase<OutgoingRow, Long> {

    private static final String LIST =
            """
            select * from outgoing
            where dead is not null and (:host = '' or host = :host)
            order by host, seq limit :most
            """;

    private static final String COUNT =
            """
            select count(*) from (
              select 1 from outgoing where dead is not null limit :most) counted
            """;

    /** They come after those that wait already, in the order they had. */
    private static final String REDRIVE =
            """
            with picked as materialized (
              select seq from outgoing
              where dead <= :now and (:host = '' or host = :host) and (:all or seq = any (:seqs))
              order by host, seq limit :most for update skip locked),
            numbered as materialized (
              select seq, nextval(pg_get_serial_sequence('outgoing', 'seq')) as place
              from (select seq from picked order by seq) ordered)
            update outgoing o
            set seq = n.place, posted = :now, attempts = 0, dead = null, cause = null
            from numbered n where o.seq = n.seq
            returning o.host
            """;

    /** Dead letters, of one host or all, host by host and oldest first. */
    public List<DeadLetter> list(Optional<HostName> host, int most) {
        return getSession()
                .createNativeQuery(LIST, OutgoingRow.class)
                .setParameter("host", host.map(HostName::text).orElse(""))
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(OutgoingRow::toDeadLetter)
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
     * @param seqs just these, or, empty, all
     * @return the host of each
     */
    List<HostName> redrive(Optional<HostName> host, Collection<Long> seqs, Instant now, int most) {
        return getSession()
                .createNativeQuery(REDRIVE, String.class)
                .setParameter("host", host.map(HostName::text).orElse(""))
                .setParameter("all", seqs.isEmpty())
                .setParameter("seqs", seqs.toArray(new Long[0]))
                .setParameter("most", most)
                .setParameter("now", now)
                .getResultList()
                .stream()
                .map(HostName::parse)
                .toList();
    }
}
