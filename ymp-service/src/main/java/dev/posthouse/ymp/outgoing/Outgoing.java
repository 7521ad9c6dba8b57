package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.queue.DepthGauges.Depth;
import dev.posthouse.ymp.packet.Message;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What our applications send, until it is forgotten (YMP, sections 6 and 9). No statement here
 * takes longer for the messages that wait behind those it is about.
 */
@Singleton
public final class Outgoing implements PanacheRepositoryBase<OutgoingRow, Long> {

    private static final String ADD =
            """
            with known as (
              insert into peer (host) values (:host) on conflict (host) do nothing)
            insert into outgoing (host, id, content_hash, octets, message, posted)
            values (:host, :id, :contentHash, :octets, :message, :posted)
            on conflict (host, id) do nothing
            """;

    /** A range of one host: an equality would let the planner walk all messages by their seq. */
    static final String NEXT =
            """
            select * from (
              select first.*, sum(octets + 1) over (order by seq) as room
              from (
                select * from outgoing
                where host between :host and :host and sent is null and dead is null
                order by host, seq limit :most) first) packed
            where room <= :room
            order by seq
            """;

    /** What was given up meanwhile has come after all. */
    private static final String SENT =
            """
            update outgoing set sent = :now, message = null, dead = null, cause = null
            where seq = any (:seqs)
            """;

    private static final String TRIED =
            "update outgoing set attempts = attempts + 1 where seq = any (:seqs)";

    private static final String DIE =
            """
            update outgoing set dead = :now, cause = :cause, attempts = attempts + 1
            where seq = :seq and sent is null
            """;

    private static final String GIVE_UP =
            """
            update outgoing set dead = :now, cause = :cause
            where seq in (
              select seq from outgoing
              where posted < :before and sent is null and dead is null
              order by posted limit :most for update skip locked)
            returning *
            """;

    private static final String FORGET =
            """
            delete from outgoing where seq in (
              select seq from outgoing where sent < :before
              limit :most for update skip locked)
            """;

    /** Each host's first in one step of the index; only those of the few listed are counted. */
    private static final String DEPTHS =
            """
            with recursive first (host, posted) as (
              (select host, posted from outgoing where sent is null and dead is null
               order by host, seq limit 1)
              union all
              select next.host, next.posted
              from first f cross join lateral (
                select o.host, o.posted from outgoing o
                where o.sent is null and o.dead is null and o.host > f.host
                order by o.host, o.seq limit 1) next),
            oldest as (select host, posted from first order by posted limit :most)
            select o.host, o.posted, (
              select count(*) from (
                select 1 from outgoing w
                where w.host = o.host and w.sent is null and w.dead is null
                limit 100000) counted) as messages
            from oldest o
            """;

    /**
     * Adds a message, unless there is one of that id for its host.
     *
     * @return whether it was added
     */
    boolean add(Message message, Instant now) {
        return getSession()
                        .createNativeMutationQuery(ADD)
                        .setParameter("host", message.host().text())
                        .setParameter("id", message.id())
                        .setParameter("contentHash", HexFormat.of().parseHex(message.contentHash()))
                        .setParameter("octets", message.octets())
                        .setParameter("message", message.text())
                        .setParameter("posted", now)
                        .executeUpdate()
                == 1;
    }

    /** What tells a repeat, if there is a message of that id. */
    Optional<byte[]> contentHash(HostName host, String id) {
        return find("host = ?1 and id = ?2", host.text(), id)
                .singleResultOptional()
                .map(row -> row.contentHash);
    }

    /** The first that wait for a host, as many as fit a packet. */
    public List<Waiting> next(HostName host) {
        return getSession()
                .createNativeQuery(NEXT, OutgoingRow.class)
                .setParameter("host", host.text())
                .setParameter("most", Batch.MOST)
                .setParameter("room", Batch.ROOM)
                .getResultList()
                .stream()
                .map(OutgoingRow::toWaiting)
                .toList();
    }

    /** They are in their host's inbox. */
    public void sent(Batch batch, Instant now) {
        getSession()
                .createNativeMutationQuery(SENT)
                .setParameter("now", now)
                .setParameter("seqs", batch.seqs())
                .executeUpdate();
    }

    /** They were not taken this time. */
    public void tried(Batch batch) {
        getSession()
                .createNativeMutationQuery(TRIED)
                .setParameter("seqs", batch.seqs())
                .executeUpdate();
    }

    /**
     * Its host will never take it.
     *
     * @return whether it is dead by this
     */
    public boolean die(Waiting message, String cause, Instant now) {
        return getSession()
                        .createNativeMutationQuery(DIE)
                        .setParameter("now", now)
                        .setParameter("cause", cause)
                        .setParameter("seq", message.seq())
                        .executeUpdate()
                == 1;
    }

    /** Gives up those that were posted before, and says which they were. */
    List<GivenUp> giveUpBefore(Instant before, String cause, Instant now, int most) {
        return getSession()
                .createNativeQuery(GIVE_UP, OutgoingRow.class)
                .setParameter("before", before)
                .setParameter("cause", cause)
                .setParameter("now", now)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(row -> new GivenUp(row.host, row.id))
                .toList();
    }

    /** Forgets those that were sent before; says how many. */
    int forgetSentBefore(Instant before, int most) {
        return getSession()
                .createNativeMutationQuery(FORGET)
                .setParameter("before", before)
                .setParameter("most", most)
                .executeUpdate();
    }

    /** What waits for those hosts whose first message has waited longest. */
    List<Depth> depths(int most) {
        return getSession()
                .createNativeQuery(DEPTHS, Tuple.class)
                .addScalar("host", String.class)
                .addScalar("posted", Instant.class)
                .addScalar("messages", Long.class)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(row ->
                        new Depth(
                                row.get("host", String.class),
                                row.get("posted", Instant.class),
                                row.get("messages", Long.class)))
                .toList();
    }

    /**
     * A message that waited too long.
     *
     * @param host whom it was for
     * @param id its name there
     */
    record GivenUp(String host, String id) {}
}
