package dev.posthouse.ymp.receiving;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.packet.Message;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.query.NativeQuery;

/**
 * What other hosts have sent us, each message once (YMP, section 6). Acknowledged ones stay for a
 * while without their text, so that a repeat is known.
 */
@ApplicationScoped
final class Inbox implements PanacheRepositoryBase<InboxRow, Long> {

    private static final String DIFFERENT =
            """
            select count(*) from inbox i
            join unnest(cast(:ids as text[]), cast(:hashes as text[])) as given (id, hash)
              on i.id = given.id
            where i.sender_host = :sender and i.content_hash <> decode(given.hash, 'hex')
            """;
    private static final String OLDEST =
            """
            select seq, received, message from (
              select seq, received, message, sum(octets) over (order by seq) - octets as before from (
                select seq, received, message, octets from inbox
                where acknowledged is null {filter}
                order by seq limit :most) as oldest) as summed
            where before < :octets order by seq
            """;
    private static final String ACKNOWLEDGE =
            """
            with gone as (
              update inbox set acknowledged = :now, message = null
              where seq = any (:seqs) and sender_host = any (:senders) and acknowledged is null
              returning sender_host, octets),
            sums as (
              select sender_host, count(*) as messages, sum(octets) as octets
              from gone group by sender_host)
            update inbox_load l set messages = l.messages - s.messages, octets = l.octets - s.octets
            from sums s where l.sender_host = s.sender_host
            """;
    private static final String FORGET =
            """
            delete from inbox where seq in (
              select seq from inbox where acknowledged is not null and received < :before
              order by received limit :most for update skip locked)
            """;

    /** Whether any of these messages is there with other content. */
    boolean differs(HostName sender, Collection<Message> messages) {
        return getSession()
                        .createNativeQuery(DIFFERENT, Long.class)
                        .setParameter("sender", sender.text())
                        .setParameter("ids", texts(messages, Message::id))
                        .setParameter("hashes", texts(messages, Message::contentHash))
                        .getSingleResult()
                > 0;
    }

    private static String[] texts(
            Collection<Message> messages, Function<Message, String> component) {
        return messages.stream().map(component).toArray(String[]::new);
    }

    /** The oldest that nobody has acknowledged, until they are so long together. */
    List<Waiting> oldest(InboxQuery wanted, long octets) {
        String filter =
                wanted.protocol().map(given -> " and protocol = :protocol").orElse("")
                        + wanted.service().map(given -> " and service = :service").orElse("");
        NativeQuery<Object[]> query =
                getSession()
                        .createNativeQuery(OLDEST.replace("{filter}", filter), Object[].class)
                        .setParameter("most", wanted.most())
                        .setParameter("octets", octets);
        set(query, "protocol", wanted.protocol());
        set(query, "service", wanted.service());
        return query.addScalar("seq", Long.class)
                .addScalar("received", Instant.class)
                .addScalar("message", String.class)
                .getResultStream()
                .map(row -> new Waiting((Long) row[0], (Instant) row[1], (String) row[2]))
                .toList();
    }

    private static void set(NativeQuery<?> query, String name, Optional<String> value) {
        value.ifPresent(given -> query.setParameter(name, given));
    }

    /** Nobody needs these of these senders any longer; they wait no more. */
    void acknowledge(Collection<Long> seqs, Collection<String> senders, Instant now) {
        getSession()
                .createNativeMutationQuery(ACKNOWLEDGE)
                .setParameter("seqs", seqs.toArray(new Long[0]))
                .setParameter("senders", senders.toArray(new String[0]))
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Forgets what was received before and is acknowledged; says how many. */
    int forgetBefore(Instant before, int most) {
        return getSession()
                .createNativeMutationQuery(FORGET)
                .setParameter("before", before)
                .setParameter("most", most)
                .executeUpdate();
    }
}
