package dev.posthouse.ymp.sending;

import dev.posthouse.common.guard.HostName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.query.MutationQuery;

/**
 * When each host is looked at next, and who is sending to it (YMP, sections 4 and 6). A host is due
 * at {@code due_at}; taking it up empties that, so that whatever makes it due meanwhile (a message,
 * a grant) is seen when it is released. Leases are the database's time, so that replicas agree
 * about them; all else is ours.
 */
@Singleton
final class Destinations implements PanacheRepositoryBase<DestinationRow, String> {

    /**
     * Longer than any one call, the look-up of its host's name and what is recorded after it: it is
     * renewed at the beginning of each step, and before a call that begins later than {@link
     * Job#FRESH} after that. A job that was killed is taken up again after this, and the sweep's
     * second.
     */
    static final Duration LEASE = Duration.ofSeconds(18);

    /**
     * A host that is waited for (a pause, a grant) is not due any sooner for another message; one
     * that is due later for another reason (its token grows old) is.
     */
    private static final String IDLE =
            """
            (p.due_at is null
              or p.due_at > :now
                and (p.backoff_until is null or p.backoff_until <= :now)
                and (p.awaiting_until is null or p.awaiting_until <= :now))
            """;

    /** Whoever has a host locked is done with it in a moment. */
    private static final String IN_A_MOMENT = "set local lock_timeout = '200ms'";

    private static final String WAKE =
            """
            update peer p set due_at = greatest(:now, p.backoff_until)
            from (select host from peer where host = any (:hosts) order by host for update) w
            where p.host = w.host and
            """
                    + IDLE;

    private static final String WAKE_UNLOCKED =
            WAKE.replace("for update)", "for update skip locked)");

    /** Finds each host with messages in one step of the index, however many wait. */
    static final String SWEEP =
            """
            with recursive waiting (host) as (
              (select host from outgoing where sent is null and dead is null order by host limit 1)
              union all
              select (select o.host from outgoing o
                      where o.sent is null and o.dead is null and o.host > w.host
                      order by o.host limit 1)
              from waiting w where w.host is not null),
            forgotten (host) as (
              select p.host from waiting w join peer p on p.host = w.host
              where {idle} and not p.blocked
                and (p.lease_until is null or p.lease_until < now())
              order by p.host for update of p skip locked)
            update peer p set due_at = greatest(:now, p.backoff_until)
            from forgotten f where p.host = f.host
            """
                    .replace("{idle}", IDLE);

    private static final String CLAIM =
            """
            update peer set due_at = null,
                            lease_until = now() + :lease * interval '1 millisecond'
            where host in (
              select host from peer
              where due_at <= :now and not blocked
                and (lease_until is null or lease_until < now())
              order by due_at limit :most for update skip locked)
            returning *
            """;

    private static final String MINE = " where host = :host and lease_until = :mine";

    private static final String RENEW =
            "update peer set due_at = null, lease_until = now() + :lease * interval '1 millisecond'"
                    + MINE
                    + " and not blocked returning *";

    private static final String PROLONG =
            "update peer set lease_until = now() + :lease * interval '1 millisecond'"
                    + MINE
                    + " and not blocked returning *";

    private static final String RELEASE =
            "update peer set lease_until = null, due_at = least(due_at, :next)" + MINE;

    private static final String TAKEN =
            "update peer set failures = 0, backoff_until = null, refused = false"
                    + MINE
                    + " and (failures > 0 or backoff_until is not null or refused)";

    private static final String REFUSED = "update peer set refused = true" + MINE;

    private static final String FAILED =
            """
            update peer
            set failures = failures + 1, backoff_until = :until, due_at = :until,
                awaiting_until = null,
                lease_until = case when lease_until = :mine then null else lease_until end
            where host = :host
            """;

    /** There is something for these hosts; fails where one of them stays locked. */
    void wake(Collection<HostName> hosts, Instant now) {
        if (!hosts.isEmpty()) {
            getSession().createNativeMutationQuery(IN_A_MOMENT).executeUpdate();
            wake(WAKE, hosts, now);
        }
    }

    /** The same, but for those that are locked: the sweep finds them. */
    void wakeUnlocked(Collection<HostName> hosts, Instant now) {
        wake(WAKE_UNLOCKED, hosts, now);
    }

    private void wake(String sql, Collection<HostName> hosts, Instant now) {
        getSession()
                .createNativeMutationQuery(sql)
                .setParameter("hosts", hosts.stream().map(HostName::text).toArray(String[]::new))
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Makes due what nobody looks after: posted or claimed by somebody who was killed. */
    int sweep(Instant now) {
        return getSession()
                .createNativeMutationQuery(SWEEP)
                .setParameter("now", now)
                .executeUpdate();
    }

    List<Claim> claim(int most, Instant now) {
        return getSession()
                .createNativeQuery(CLAIM, DestinationRow.class)
                .setParameter("lease", LEASE.toMillis())
                .setParameter("now", now)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(DestinationRow::toClaim)
                .toList();
    }

    /** The claim as it is now; empty when it has run out and is somebody else's, or blocked. */
    Optional<Claim> renew(Claim claim) {
        return longer(RENEW, claim);
    }

    /** The same within a step: what makes the host due meanwhile is for the next one to see. */
    Optional<Claim> prolong(Claim claim) {
        return longer(PROLONG, claim);
    }

    private Optional<Claim> longer(String sql, Claim claim) {
        return getSession()
                .createNativeQuery(sql, DestinationRow.class)
                .setParameter("lease", LEASE.toMillis())
                .setParameter("host", claim.host().text())
                .setParameter("mine", claim.lease())
                .getResultList()
                .stream()
                .map(DestinationRow::toClaim)
                .findFirst();
    }

    /** Ends the job; the host is due then, if ever, or when it was woken meanwhile. */
    void release(Claim claim, Instant next) {
        change(RELEASE, claim).setParameter("next", next, Instant.class).executeUpdate();
    }

    /** The host has taken a packet. */
    void taken(Claim claim) {
        change(TAKEN, claim).executeUpdate();
    }

    /** The host no longer takes our token. */
    void refused(Claim claim) {
        change(REFUSED, claim).executeUpdate();
    }

    /**
     * Ends the job; nothing is asked of the host before then, by whoever may have taken it over
     * meanwhile neither.
     */
    void failed(Claim claim, Instant until) {
        change(FAILED, claim).setParameter("until", until).executeUpdate();
    }

    /** How many hosts are left alone for a while. */
    long backingOff(Instant now) {
        return count("backoffUntil > ?1", now);
    }

    private MutationQuery change(String sql, Claim claim) {
        return getSession()
                .createNativeMutationQuery(sql)
                .setParameter("host", claim.host().text())
                .setParameter("mine", claim.lease());
    }
}
