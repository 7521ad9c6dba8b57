package dev.posthouse.ymp.receiving;

import dev.posthouse.common.guard.HostName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/**
 * How much of each sender waits in the inbox. Whoever changes what waits of a sender holds its row
 * here first: that orders the packets of one sender, and keeps taking and acknowledging from
 * waiting for each other in a circle.
 */
@ApplicationScoped
final class Loads implements PanacheRepositoryBase<LoadRow, String> {

    private static final String ADD =
            """
            insert into inbox_load as l (sender_host, messages, octets, taken)
            values (:host, :messages, :octets, :messages)
            on conflict (sender_host) do update
            set messages = l.messages + excluded.messages, octets = l.octets + excluded.octets,
              taken = l.taken + excluded.taken
            returning messages, octets
            """;
    private static final String LOCK =
            """
            select sender_host from inbox_load
            where sender_host in (
              select sender_host from inbox where seq = any (:seqs) and acknowledged is null)
            order by sender_host for update
            """;
    private static final String TAKEN =
            "select cast(coalesce(sum(taken), 0) as bigint) from inbox_load";
    private static final String FORGET =
            """
            delete from inbox_load where sender_host in (
              select sender_host from inbox_load l where messages = 0
                and not exists (select 1 from inbox i where i.sender_host = l.sender_host)
              limit :most for update skip locked)
            """;

    /**
     * Adds to what waits of a sender, or takes away again; its row is held until the transaction
     * ends.
     *
     * @return what waits now
     */
    Load add(HostName sender, Load more) {
        Object[] sums =
                getSession()
                        .createNativeQuery(ADD, Object[].class)
                        .setParameter("host", sender.text())
                        .setParameter("messages", more.messages())
                        .setParameter("octets", more.octets())
                        .getSingleResult();
        return new Load(((Number) sums[0]).longValue(), ((Number) sums[1]).longValue());
    }

    /** Holds the rows of those who sent what waits under these numbers; says who they are. */
    List<String> lock(Collection<Long> seqs) {
        return getSession()
                .createNativeQuery(LOCK, String.class)
                .setParameter("seqs", seqs.toArray(new Long[0]))
                .getResultList();
    }

    /** How many messages were ever taken: it grows with each packet, whichever replica took it. */
    long taken() {
        return getSession().createNativeQuery(TAKEN, Long.class).getSingleResult();
    }

    /** Forgets senders of whom nothing is left in the inbox; says how many. */
    int forget(int most) {
        return getSession()
                .createNativeMutationQuery(FORGET)
                .setParameter("most", most)
                .executeUpdate();
    }
}
