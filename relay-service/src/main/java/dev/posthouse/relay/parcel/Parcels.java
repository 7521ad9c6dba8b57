package dev.posthouse.relay.parcel;

import dev.posthouse.common.node.NodeId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.query.NativeQuery;

/**
 * Parcels for our private gateways (PoHTTP, section 10). Once collected they stay without their
 * octets until they expire, so that a repeat is known; and without whatever else may be long, since
 * no quota counts them.
 */
@Singleton
final class Parcels implements PanacheRepositoryBase<ParcelRow, Long> {

    /** A range of one gateway: an equality would let the planner walk all parcels by their seq. */
    static final String OLDEST =
            """
            select seq, delivery_id, size, expires, substring(octets from 1 for :piece) as octets
            from (
              select *, sum(least(size, :piece)) over (order by seq) - least(size, :piece) as before
              from (
                select seq, delivery_id, size, expires, octets from parcel
                where gateway between :gateway and :gateway and octets is not null
                  and expires + interval '0' >= :now and delivery_id <> all (:known)
                order by gateway, seq limit :most) as oldest) as summed
            where before < :room
            order by seq
            """;

    static final String STILL_WAITING =
            """
            select delivery_id from parcel
            where delivery_id = any (:deliveries) and num_nonnulls(octets) = 1
            """;

    static final String PIECE =
            """
            select substring(octets from :first for :piece) as octets from parcel
            where delivery_id = :delivery and num_nonnulls(octets) = 1
            """;

    /** Of each gateway no more are looked at than it takes to know. */
    static final String WITH_MORE =
            """
            select gateway
            from unnest(:gateways, :known) as asked (gateway, known)
            where (
              select count(*) from (
                select 1 from parcel p
                where p.gateway between asked.gateway and asked.gateway and p.octets is not null
                limit asked.known + 1) as counted) > asked.known
            """;

    /** In one order, so that two that collect the same do not wait for each other in a circle. */
    static final String COLLECT =
            """
            update parcel set octets = null, sent_by = null
            where seq in (
              select seq from parcel
              where gateway between :gateway and :gateway and delivery_id = any (:deliveries)
                and num_nonnulls(octets) = 1
              order by gateway, seq for update)
            returning identity
            """;

    private static final String EXPIRE =
            """
            delete from parcel
            where seq in (
              select seq from parcel where expires < :now
              order by expires limit :most for update skip locked)
            returning identity, gateway, octets is not null as waiting
            """;

    /** What is there already takes no room when it is repeated, or replaced by less. */
    private static final String TAKES_NO_ROOM =
            """
            select count(*) from parcel
            where identity = :identity and expires >= :now
              and (octets is null or digest = :digest or created > :created or size >= :size)
            """;

    /**
     * The oldest of a gateway that have not expired: so many, and not many more than so many
     * octets.
     *
     * @param known deliveries that are not wanted
     */
    List<Waiting> oldest(NodeId gateway, Collection<UUID> known, Most most, Instant now) {
        return getSession()
                .createNativeQuery(OLDEST, Tuple.class)
                .addScalar("seq", Long.class)
                .addScalar("delivery_id", UUID.class)
                .addScalar("size", Integer.class)
                .addScalar("expires", Instant.class)
                .addScalar("octets", byte[].class)
                .setParameter("gateway", gateway.text())
                .setParameter("known", known.toArray(new UUID[0]))
                .setParameter("now", now)
                .setParameter("most", most.parcels())
                .setParameter("room", most.octets())
                .setParameter("piece", most.piece())
                .getResultList()
                .stream()
                .map(Parcels::waiting)
                .toList();
    }

    /**
     * How much is read at once.
     *
     * @param parcels at most
     * @param octets at which it ends, but for the parcel that goes beyond
     * @param piece of a parcel no more
     */
    record Most(int parcels, int octets, int piece) {}

    private static Waiting waiting(Tuple row) {
        return new Waiting(
                row.get("seq", Long.class),
                row.get("delivery_id", UUID.class),
                row.get("size", Integer.class),
                row.get("expires", Instant.class),
                row.get("octets", byte[].class));
    }

    /** Those of these versions that wait. */
    Set<UUID> stillWaiting(Collection<UUID> deliveries) {
        return Set.copyOf(
                getSession()
                        .createNativeQuery(STILL_WAITING, UUID.class)
                        .setParameter("deliveries", deliveries.toArray(new UUID[0]))
                        .getResultList());
    }

    /** Octets of a version of a parcel, from there on, if it waits. */
    Optional<byte[]> piece(UUID delivery, int after, int most) {
        return getSession()
                .createNativeQuery(PIECE, byte[].class)
                .setParameter("first", after + 1)
                .setParameter("piece", most)
                .setParameter("delivery", delivery)
                .uniqueResultOptional();
    }

    /** Of these gateways those for whom more waits, expired or not, than is known. */
    List<NodeId> withMore(Map<NodeId, Integer> known) {
        List<NodeId> gateways = List.copyOf(known.keySet());
        return getSession()
                .createNativeQuery(WITH_MORE, String.class)
                .setParameter(
                        "gateways", gateways.stream().map(NodeId::text).toArray(String[]::new))
                .setParameter("known", gateways.stream().map(known::get).toArray(Integer[]::new))
                .getResultList()
                .stream()
                .map(NodeId::parse)
                .toList();
    }

    /** These versions wait no longer; says what they are known by. */
    List<String> collect(NodeId gateway, Collection<UUID> deliveries) {
        return getSession()
                .createNativeQuery(COLLECT, byte[].class)
                .setParameter("gateway", gateway.text())
                .setParameter("deliveries", deliveries.toArray(new UUID[0]))
                .getResultList()
                .stream()
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    /** Forgets those that have expired. */
    List<Expired> expire(Instant now, int most) {
        NativeQuery<Tuple> expire =
                getSession()
                        .createNativeQuery(EXPIRE, Tuple.class)
                        .addScalar("identity", byte[].class)
                        .addScalar("gateway", String.class)
                        .addScalar("waiting", Boolean.class);
        return expire.setParameter("now", now).setParameter("most", most).getResultList().stream()
                .map(row ->
                        new Expired(
                                HexFormat.of().formatHex(row.get("identity", byte[].class)),
                                row.get("gateway", String.class),
                                row.get("waiting", Boolean.class)))
                .toList();
    }

    /**
     * A parcel that has expired.
     *
     * @param hash of what it was known by
     * @param gateway that it was for
     * @param waiting whether nobody had collected it
     */
    record Expired(String hash, String gateway, boolean waiting) {}

    /** Whether storing it needs no room, since it, or as much, is there already. */
    boolean takesNoRoom(Arrival parcel, Instant now) {
        return getSession()
                        .createNativeQuery(TAKES_NO_ROOM, Long.class)
                        .setParameter("identity", parcel.names().identity())
                        .setParameter("now", now)
                        .setParameter("digest", parcel.digest())
                        .setParameter("created", parcel.created())
                        .setParameter("size", parcel.size())
                        .getSingleResult()
                > 0;
    }
}
