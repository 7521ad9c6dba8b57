package dev.posthouse.relay.outbound;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.hibernate.query.NativeQuery;

/**
 * Records what came of attempts, many in one statement; nothing of octets that were replaced. The
 * places are named twice, and what is not null in another way than in indexes, so that no plan of
 * an empty table joins with the whole of a full one.
 */
@Singleton
final class Settlements implements PanacheRepositoryBase<OutboundRow, Long> {

    /** What has become a dead letter meanwhile has come after all. */
    static final String DELIVERED =
            """
            update outbound o
            set octets = null, due_at = null, dead = null, dead_at = null, attempts = attempts + 1
            from unnest(:seqs, :versions) as s (seq, version)
            where o.seq = any (:seqs) and o.seq = s.seq and o.version = s.version
              and num_nonnulls(o.octets) = 1
            returning encode(o.identity, 'hex') as id, o.internet_address as peer, '' as reason
            """;

    private static final String DEAD =
            """
            update outbound o
            set dead = s.reason, dead_at = :now, due_at = null, attempts = attempts + 1
            from unnest(:seqs, :versions, :reasons) as s (seq, version, reason)
            where o.seq = any (:seqs) and o.seq = s.seq and o.version = s.version
              and num_nonnulls(o.octets) = 1 and o.dead is null
            returning encode(o.identity, 'hex') as id, o.internet_address as peer, o.dead as reason
            """;

    static final String LATER =
            """
            update outbound o
            set due_at = timestamptz 'epoch' + s.due_at * interval '1 millisecond',
              attempts = attempts + 1
            from unnest(:seqs, :versions, :dues) as s (seq, version, due_at)
            where o.seq = any (:seqs) and o.seq = s.seq and o.version = s.version
            """;

    private static final String MOVED =
            """
            update outbound o set peer = s.peer
            from unnest(:seqs, :versions, :peers) as s (seq, version, peer)
            where o.seq = any (:seqs) and o.seq = s.seq and o.version = s.version
            """;

    /**
     * A parcel that waits no more.
     *
     * @param id what it is called in events
     * @param peer the Internet address it was for
     * @param reason why it is dead; empty if it is not
     */
    record Settled(String id, String peer, String reason) {}

    List<Settled> delivered(List<Settlement.Delivered> settlements) {
        return settled(named(getSession().createNativeQuery(DELIVERED, Tuple.class), settlements));
    }

    List<Settled> dead(List<Settlement.Dead> settlements, Instant now) {
        return settled(
                named(getSession().createNativeQuery(DEAD, Tuple.class), settlements)
                        .setParameter("reasons", texts(settlements))
                        .setParameter("now", now));
    }

    void later(List<Settlement.Later> settlements) {
        getSession()
                .createNativeMutationQuery(LATER)
                .setParameter("seqs", seqs(settlements))
                .setParameter("versions", versions(settlements))
                .setParameter(
                        "dues",
                        settlements.stream()
                                .map(later -> later.dueAt().toEpochMilli())
                                .toArray(Long[]::new))
                .executeUpdate();
    }

    /** The next sweep finds their peers. */
    void moved(List<Settlement.Moved> settlements) {
        getSession()
                .createNativeMutationQuery(MOVED)
                .setParameter("seqs", seqs(settlements))
                .setParameter("versions", versions(settlements))
                .setParameter(
                        "peers",
                        settlements.stream().map(Settlement.Moved::peer).toArray(String[]::new))
                .executeUpdate();
    }

    private static List<Settled> settled(NativeQuery<Tuple> changed) {
        return changed
                .addScalar("id", String.class)
                .addScalar("peer", String.class)
                .addScalar("reason", String.class)
                .getResultList()
                .stream()
                .map(row ->
                        new Settled(
                                row.get("id", String.class),
                                row.get("peer", String.class),
                                row.get("reason", String.class)))
                .toList();
    }

    private static NativeQuery<Tuple> named(
            NativeQuery<Tuple> query, List<? extends Settlement> settlements) {
        return query.setParameter("seqs", seqs(settlements))
                .setParameter("versions", versions(settlements));
    }

    private static Long[] seqs(List<? extends Settlement> settlements) {
        return array(settlements, version -> version.seq(), Long[]::new);
    }

    private static Integer[] versions(List<? extends Settlement> settlements) {
        return array(settlements, version -> version.number(), Integer[]::new);
    }

    private static <T> T[] array(
            List<? extends Settlement> settlements,
            Function<Waiting.Version, T> part,
            java.util.function.IntFunction<T[]> empty) {
        return settlements.stream().map(s -> part.apply(s.version())).toArray(empty);
    }

    private static String[] texts(List<Settlement.Dead> settlements) {
        return settlements.stream().map(Settlement.Dead::reason).toArray(String[]::new);
    }
}
