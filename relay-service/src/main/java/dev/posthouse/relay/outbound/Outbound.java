package dev.posthouse.relay.outbound;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Parcels for other Internet nodes, and what was one until its expiry (PoHTTP, sections 9 and 10).
 * No statement here takes longer for the parcels that wait behind those it is about.
 */
@Singleton
public final class Outbound implements PanacheRepositoryBase<OutboundRow, Long> {

    /** The database decides which of several at once is stored. */
    private static final String ADD =
            """
            with known as (
              insert into peer (address, used) values (:peer, :now)
              on conflict (address) do nothing)
            insert into outbound (identity, internet_address, peer, recipient, sender,
              message_id, gateway, content_type, created, expires, digest, size, octets, arrived)
            values (:identity, :address, :peer, :recipient, :sender, :messageId,
              nullif(:gateway, ''), :contentType, :created, :expires, :digest, :size, :octets, :now)
            on conflict (identity) do update
            set peer = excluded.peer, gateway = excluded.gateway,
              content_type = excluded.content_type, created = excluded.created,
              expires = excluded.expires, digest = excluded.digest, size = excluded.size,
              octets = excluded.octets, version = outbound.version + 1,
              attempts = 0, due_at = null, dead = null, dead_at = null
            where outbound.expires < :now
              or outbound.octets is not null and outbound.dead is null
                and outbound.digest <> excluded.digest and outbound.created <= excluded.created
            """;

    private static final String KNOWS =
            """
            select count(*) from outbound
            where identity = :identity and expires >= :now
              and (octets is null or dead is not null or digest = :digest or created > :created)
            """;

    /** Written so that no plan of an empty table goes by the expiry: it would read a full one. */
    private static final String WAITS =
            "octets is not null and dead is null and expires + interval '0' > :now";

    private static final String COLUMNS =
            "seq, identity, internet_address, recipient, content_type, expires, size, version,"
                    + " attempts, due_at, dead, dead_at, arrived";

    /**
     * The oldest that are due. A range of one peer: an equality would let the planner walk all
     * parcels by their seq.
     */
    static final String NEXT =
            """
            with delayed as (
              select {columns} from outbound
              where peer between :peer and :peer and due_at is not null and due_at <= :now
                and {waits} and seq <> all (:underWay)
              order by peer, due_at, seq limit :most),
            fresh as (
              select {columns} from outbound
              where peer between :peer and :peer and due_at is null
                and {waits} and seq <> all (:underWay)
              order by peer, seq limit :most)
            select {columns} from delayed
            union all
            select {columns} from fresh
            order by seq limit :most
            """
                    .replace("{waits}", WAITS)
                    .replace("{columns}", COLUMNS);

    /**
     * The first of a peer's to expire that has not been sent for the last time. It is found in one
     * step of its index, and no other index is of any use for the pair.
     */
    static final String FIRST_TO_EXPIRE =
            """
            select {columns} from outbound
            where (peer, expires) > (:peer, :now) and peer <= :peer
              and octets is not null and dead is null and coalesce(due_at < expires, true)
            order by peer, expires limit 1
            """
                    .replace("{columns}", COLUMNS);

    static final String NEXT_DUE =
            """
            select least(
              (select cast(:now as timestamptz) from outbound
               where peer between :peer and :peer and due_at is null and {waits}
               order by peer, seq limit 1),
              (select due_at from outbound
               where peer between :peer and :peer and due_at is not null and {waits}
               order by peer, due_at limit 1))
            """
                    .replace("{waits}", WAITS);

    /** Found by its place alone, for the same reason. */
    static final String OCTETS =
            """
            select case when version = :version and dead is null and expires > :now
                   then octets end
            from outbound where seq = :seq
            """;

    static final String SUM =
            """
            select count(*) as parcels, coalesce(sum(size), 0) as octets from outbound
            where gateway = :gateway and num_nulls(octets) = 0
            """;

    private static final String EXPIRE =
            """
            delete from outbound where seq in (
              select seq from outbound where expires < :now
              order by expires limit :most for update skip locked)
            returning encode(identity, 'hex') as id, internet_address,
              octets is not null and dead is null as waited
            """;

    /**
     * Adds a parcel, or puts it in the place of an earlier one that waits.
     *
     * @return whether there is anything new to deliver
     */
    boolean add(OutboundParcel leaving, Instant now) {
        var parcel = leaving.parcel();
        return getSession()
                        .createNativeMutationQuery(ADD)
                        .setParameter("identity", leaving.identity())
                        .setParameter("address", leaving.address())
                        .setParameter("peer", leaving.peer())
                        .setParameter("recipient", parcel.recipient().text())
                        .setParameter("sender", parcel.sender().text())
                        .setParameter("messageId", parcel.messageId())
                        .setParameter("gateway", leaving.gateway().map(Object::toString).orElse(""))
                        .setParameter("contentType", parcel.format().contentType())
                        .setParameter("created", parcel.created())
                        .setParameter("expires", parcel.expires())
                        .setParameter("digest", leaving.digest())
                        .setParameter("size", leaving.size())
                        .setParameter("octets", parcel.octets())
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /** Whether {@link #add} would change nothing. */
    boolean knows(OutboundParcel leaving, Instant now) {
        return getSession()
                        .createNativeQuery(KNOWS, Long.class)
                        .setParameter("identity", leaving.identity())
                        .setParameter("digest", leaving.digest())
                        .setParameter("created", leaving.parcel().created())
                        .setParameter("now", now)
                        .getSingleResult()
                > 0;
    }

    /** The first that may be sent to a peer now, oldest first, except those under way. */
    public List<Waiting> next(String peer, Collection<Long> underWay, int most, Instant now) {
        return getSession()
                .createNativeQuery(NEXT, OutboundRow.class)
                .setParameter("peer", peer)
                .setParameter("underWay", underWay.toArray(Long[]::new))
                .setParameter("most", most)
                .setParameter("now", now)
                .getResultList()
                .stream()
                .map(OutboundRow::toWaiting)
                .toList();
    }

    /** When there is something for a peer: now, later, or, empty, not as far as is known. */
    public Optional<Instant> nextDue(String peer, Instant now) {
        return Optional.ofNullable(
                getSession()
                        .createNativeQuery(NEXT_DUE, Instant.class)
                        .setParameter("peer", peer)
                        .setParameter("now", now)
                        .getSingleResult());
    }

    /** The first of a peer's to expire, of those that have not had their last attempt. */
    public Optional<Waiting> firstToExpire(String peer, Instant now) {
        return getSession()
                .createNativeQuery(FIRST_TO_EXPIRE, OutboundRow.class)
                .setParameter("peer", peer)
                .setParameter("now", now)
                .uniqueResultOptional()
                .map(OutboundRow::toWaiting);
    }

    /** The octets of that version, while they may be sent. */
    public Optional<byte[]> octets(Waiting.Version version, Instant now) {
        return getSession()
                .createNativeQuery(OCTETS, byte[].class)
                .setParameter("seq", version.seq())
                .setParameter("version", version.number())
                .setParameter("now", now)
                .uniqueResultOptional();
    }

    /** What is kept of a gateway's. */
    OutboundQuota.Sum sum(String gateway) {
        Tuple sum =
                getSession()
                        .createNativeQuery(SUM, Tuple.class)
                        .addScalar("parcels", Long.class)
                        .addScalar("octets", Long.class)
                        .setParameter("gateway", gateway)
                        .getSingleResult();
        return new OutboundQuota.Sum(sum.get("parcels", Long.class), sum.get("octets", Long.class));
    }

    /** Forgets those that have expired, and says which they were. */
    List<Expired> expire(Instant now, int most) {
        return getSession()
                .createNativeQuery(EXPIRE, Tuple.class)
                .addScalar("id", String.class)
                .addScalar("internet_address", String.class)
                .addScalar("waited", Boolean.class)
                .setParameter("now", now)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(row ->
                        new Expired(
                                row.get("id", String.class),
                                row.get("internet_address", String.class),
                                row.get("waited", Boolean.class)))
                .toList();
    }

    /**
     * A parcel that has ended.
     *
     * @param id what it is called in events
     * @param address where to
     * @param waited whether it had not been delivered, and could have been
     */
    record Expired(String id, String address, boolean waited) {}
}
