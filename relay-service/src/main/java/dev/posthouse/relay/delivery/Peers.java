package dev.posthouse.relay.delivery;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.query.MutationQuery;

/**
 * When each peer is looked at next, and who is sending to it (PoHTTP, sections 9 and 10). A peer is
 * due at {@code due_at}; taking it up empties that, so that whatever makes it due meanwhile is seen
 * when it is released. Leases are the database's time, so that replicas agree on them, however
 * their clocks differ.
 */
@Singleton
final class Peers implements PanacheRepositoryBase<PeerRow, String> {

    /**
     * A job renews it many times within. One that was killed is taken up again after this, and the
     * sweep's second.
     */
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final String LEASED = "now() + interval '" + LEASE.toSeconds() + " seconds'";

    /** When a peer that is left alone is sent to, as {@link Standing#next} says. */
    private static final String AMID_PAUSE =
            """
            least(p.pause_until, greatest(:now, p.rest_until, coalesce(
              (select greatest(o.expires - interval '{last} seconds', o.due_at) from outbound o
               where (o.peer, o.expires) > (p.address, :now) and o.peer <= p.address
                 and o.octets is not null and o.dead is null
                 and coalesce(o.due_at < o.expires, true)
               order by o.peer, o.expires limit 1),
              p.pause_until)))
            """
                    .replace("{last}", Long.toString(Schedule.LAST.toSeconds()));

    /** Whoever has a peer locked is done with it in a moment. */
    private static final String IN_A_MOMENT = "set local lock_timeout = '200ms'";

    /** One step of an index for each that is left alone. */
    static final String WAKE =
            """
            update peer p set due_at = w.due_at
            from (select p.address,
                    case when p.pause_until > :now then {amid}
                    else cast(:now as timestamptz) end as due_at
                  from peer p where p.address = any (:peers)
                  order by p.address for update of p) w
            where p.address = w.address and (p.due_at is null or p.due_at > w.due_at)
            """
                    .replace("{amid}", AMID_PAUSE);

    private static final String WAKE_UNLOCKED =
            WAKE.replace("for update of p", "for update of p skip locked");

    /**
     * Finds each peer with parcels in a step or two, however many wait. One that was forgotten just
     * when a parcel came is known again. None is due since an earlier time than now: it would go
     * before those that wait for their turn.
     */
    static final String SWEEP =
            """
            with recursive fresh (peer) as (
              (select peer from outbound where {waits} and due_at is null order by peer limit 1)
              union all
              select (select o.peer from outbound o
                      where {waits} and o.due_at is null and o.peer > f.peer
                      order by o.peer limit 1)
              from fresh f where f.peer is not null),
            delayed (peer, due_at) as (
              (select peer, due_at from outbound where {waits} and due_at is not null
               order by peer, due_at limit 1)
              union all
              select next.peer, next.due_at
              from delayed d cross join lateral (
                select o.peer, o.due_at from outbound o
                where {waits} and o.due_at is not null and o.peer > d.peer
                order by o.peer, o.due_at limit 1) next),
            waiting as (
              select peer, greatest(min(due_at), cast(:now as timestamptz)) as due_at
              from (select peer, cast(:now as timestamptz) as due_at
                    from fresh where peer is not null
                    union all select peer, due_at from delayed) both_kinds
              group by peer),
            unheard as (
              insert into peer (address, due_at, used)
              select w.peer, w.due_at, cast(:now as timestamptz) from waiting w
              where not exists (select 1 from peer p where p.address = w.peer)
              order by w.peer
              on conflict (address) do nothing),
            forgotten as (
              select p.address,
                case when p.pause_until > greatest(w.due_at, :now) then {amid}
                else greatest(w.due_at, p.pause_until) end as due_at
              from waiting w join peer p on p.address = w.peer
              where (p.lease_until is null or p.lease_until < now())
                and (p.due_at is null or p.due_at > greatest(w.due_at, p.pause_until))
              order by p.address for update of p skip locked)
            update peer p set due_at = f.due_at from forgotten f where p.address = f.address
            """
                    .replace("{waits}", "octets is not null and dead is null")
                    .replace("{amid}", AMID_PAUSE);

    private static final String CLAIM_OF =
            """
            update peer set due_at = null, holder = :holder, lease_until = {lease}, used = :now
            where address in (
              select address from peer
              where due_at <= :now and (lease_until is null or lease_until < now()){and}
              order by due_at limit :most for update skip locked)
            returning *
            """
                    .replace("{lease}", LEASED);

    private static final String CLAIM = CLAIM_OF.replace("{and}", "");

    private static final String CLAIM_SOUND = CLAIM_OF.replace("{and}", " and sound");

    private static final String MINE = " where address = :peer and holder = :holder";

    private static final String RENEW =
            "update peer set due_at = null, lease_until = " + LEASED + MINE;

    private static final String RECORD =
            """
            update peer set failures = :failures, pause_until = :until, rest_until = :rest,
              sound = :sound
            """
                    + MINE;

    private static final String RELEASE =
            """
            update peer set holder = null, lease_until = null, due_at = least(due_at, :next)
            """
                    + MINE;

    private static final String PAUSING = "select count(*) from peer where pause_until > :now";

    private static final String FORGET =
            """
            delete from peer where address in (
              select p.address from peer p
              where p.used < :before and p.due_at is null
                and (p.lease_until is null or p.lease_until < now())
                and (p.pause_until is null or p.pause_until < :now)
                and not exists (
                  select 1 from outbound o
                  where o.peer = p.address and o.octets is not null and o.dead is null
                    and o.due_at is null)
                and not exists (
                  select 1 from outbound o
                  where o.peer = p.address and o.octets is not null and o.dead is null
                    and o.due_at is not null)
              order by p.used limit :most for update of p skip locked)
            """;

    /** There is something for these peers; fails where one of them stays locked. */
    void wake(Collection<String> peers, Instant now) {
        if (!peers.isEmpty()) {
            getSession().createNativeMutationQuery(IN_A_MOMENT).executeUpdate();
            wake(WAKE, peers, now);
        }
    }

    /** The same, but for those that are locked: the sweep finds them. */
    void wakeUnlocked(Collection<String> peers, Instant now) {
        wake(WAKE_UNLOCKED, peers, now);
    }

    private void wake(String sql, Collection<String> peers, Instant now) {
        getSession()
                .createNativeMutationQuery(sql)
                .setParameter("peers", peers.toArray(String[]::new))
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Makes due what nobody looks after: accepted or claimed by somebody who was killed. */
    int sweep(Instant now) {
        return getSession()
                .createNativeMutationQuery(SWEEP)
                .setParameter("now", now)
                .executeUpdate();
    }

    List<Claim> claim(int most, Instant now) {
        return claim(CLAIM, most, now);
    }

    /** Only peers whose last attempt was answered. */
    List<Claim> claimSound(int most, Instant now) {
        return claim(CLAIM_SOUND, most, now);
    }

    private List<Claim> claim(String sql, int most, Instant now) {
        return getSession()
                .createNativeQuery(sql, PeerRow.class)
                .setParameter("holder", UUID.randomUUID())
                .setParameter("now", now)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(PeerRow::toClaim)
                .toList();
    }

    /** Whether the peer is still the claim's. */
    boolean renew(Claim claim) {
        return change(RENEW, claim).executeUpdate() == 1;
    }

    /**
     * How the peer has behaved since.
     *
     * @param sound whether its last attempt was answered
     */
    void record(Claim claim, Standing standing, boolean sound) {
        change(RECORD, claim)
                .setParameter("sound", sound)
                .setParameter("failures", standing.failures())
                .setParameter("until", standing.pauseUntil(), Instant.class)
                .setParameter("rest", standing.restUntil(), Instant.class)
                .executeUpdate();
    }

    /** Ends the claim; the peer is due then, or, null, when it was woken meanwhile. */
    void release(Claim claim, Instant next) {
        change(RELEASE, claim).setParameter("next", next, Instant.class).executeUpdate();
    }

    /**
     * Forgets peers for which nothing waits, and that nobody has taken up since then. A parcel that
     * comes at the same time stays without its peer until the next sweep; a lock that excluded this
     * would have all parcels for a peer wait for each other.
     *
     * @return how many
     */
    int forget(Instant before, Instant now, int most) {
        return getSession()
                .createNativeMutationQuery(FORGET)
                .setParameter("before", before)
                .setParameter("now", now)
                .setParameter("most", most)
                .executeUpdate();
    }

    /** How many peers are left alone for a while. */
    long pausing(Instant now) {
        return getSession()
                .createNativeQuery(PAUSING, Long.class)
                .setParameter("now", now)
                .getSingleResult();
    }

    private MutationQuery change(String sql, Claim claim) {
        return getSession()
                .createNativeMutationQuery(sql)
                .setParameter("peer", claim.peer())
                .setParameter("holder", claim.holder());
    }
}
