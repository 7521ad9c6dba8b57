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

    private static final String TAKE_BACK =
            """
            update inbox_load
            set messages = messages - :messages, octets = octets - :octets, taken = taken - :messages
            where sender_host = :host
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

    /** Takes away again what was added too much for a sender, whose row is held. */
    void takeBack(HostName sender, Load tooMuch) {
        getSession()
                .createNativeMutationQuery(TAKE_BACK)
                .setParameter("host", sender.text())
                .setParameter("messages", tooMuch.messages())
                .setParameter("octets", tooMuch.octets())
                .executeUpdate();
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
