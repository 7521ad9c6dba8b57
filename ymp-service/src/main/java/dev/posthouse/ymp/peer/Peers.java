package dev.posthouse.ymp.peer;

import dev.posthouse.common.guard.HostName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.query.MutationQuery;

/**
 * The hosts we know, because we send to them or an operator has named them (YMP, section 9). Each
 * call is one statement of the caller's transaction, so that replicas and threads may race.
 */
@ApplicationScoped
public final class Peers implements PanacheRepositoryBase<PeerRow, String> {

    /** At most one request for a token per peer and this long (section 4). */
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(1);

    /**
     * Whoever may ask has this long until it says what came of it. One that takes longer keeps the
     * host by its lease; one that was killed is a grant that did not come.
     */
    private static final Duration ASKING = Duration.ofSeconds(20);

    private static final String BLOCKED = "select 1 from peer where host = :host and blocked";
    private static final String BLOCK =
            """
            insert into peer (host, blocked) values (:host, true)
            on conflict (host) do update set blocked = true
            """;
    private static final String UNBLOCK =
            "update peer set blocked = false where host = :host and blocked";
    private static final String MAY_ASK =
            """
            insert into peer as p (host, asked_at, awaiting_until) values (:host, :now, :until)
            on conflict (host) do update set asked_at = :now, awaiting_until = :until
            where (p.asked_at is null or p.asked_at <= :before)
              and (p.awaiting_until is null or p.awaiting_until <= :now)
            """;
    private static final String ASKED = "update peer set asked_at = :now where host = :host";
    private static final String AWAIT =
            """
            update peer set awaiting_until = :until
            where host = :host and awaiting_until is not null
            """;
    private static final String NO_LONGER_AWAIT =
            "update peer set awaiting_until = null where host = :host";
    private static final String NOT_ASKED =
            """
            update peer set awaiting_until = null, due_at = greatest(:now, backoff_until)
            where host = :host and awaiting_until is not null
            """;
    private static final String ARRIVED =
            """
            insert into peer as p (host, due_at) values (:host, :now)
            on conflict (host) do update
            set awaiting_until = null, due_at = greatest(:now, p.backoff_until)
            """;
    private static final String KEEP =
            "update peer set info = :document, info_expires = :expires where host = :host";
    private static final String FORGET =
            "update peer set info = null, info_expires = null where host = :host";

    /** Whether an operator has blocked the host. */
    public boolean isBlocked(HostName host) {
        List<Integer> found =
                getSession()
                        .createNativeQuery(BLOCKED, Integer.class)
                        .setParameter("host", host.text())
                        .getResultList();
        return !found.isEmpty();
    }

    /** Blocks the host, known or not. */
    public void block(HostName host) {
        change(BLOCK, host).executeUpdate();
    }

    /**
     * No longer blocks the host.
     *
     * @return whether it was blocked
     */
    public boolean unblock(HostName host) {
        return change(UNBLOCK, host).executeUpdate() == 1;
    }

    /**
     * Whether a token may be asked for now: not within a second of the last request, and not while
     * one is under way or its grant waited for. Who is told yes has taken the turn, and asks.
     */
    public boolean mayAsk(HostName host, Instant now) {
        return change(MAY_ASK, host)
                        .setParameter("now", now)
                        .setParameter("before", now.minus(BETWEEN_REQUESTS))
                        .setParameter("until", now.plus(ASKING))
                        .executeUpdate()
                == 1;
    }

    /** The request leaves: finding out where to may have taken a while since the turn was taken. */
    public void asked(HostName host, Instant now) {
        change(ASKED, host).setParameter("now", now).executeUpdate();
    }

    /** The request was taken: its grant is waited for until then, unless it is in already. */
    public void await(HostName host, Instant until) {
        change(AWAIT, host).setParameter("until", until).executeUpdate();
    }

    /** The request has failed: no grant is waited for. */
    public void noLongerAwait(HostName host) {
        change(NO_LONGER_AWAIT, host).executeUpdate();
    }

    /**
     * Who took the turn has not asked: no grant is waited for, and what waits for the host is due,
     * since others may have put it off until then.
     */
    public void notAsked(HostName host, Instant now) {
        change(NOT_ASKED, host).setParameter("now", now).executeUpdate();
    }

    /**
     * A token is in: what waits for the host is due, unless a backoff is still to be waited for.
     */
    public void tokenArrived(HostName host, Instant now) {
        change(ARRIVED, host).setParameter("now", now).executeUpdate();
    }

    /** What the host has last said of itself, whether it still counts or not. */
    public Optional<KeptInformation> information(HostName host) {
        return find("host = ?1 and info is not null", host.text())
                .singleResultOptional()
                .map(row -> new KeptInformation(row.info, row.infoExpires));
    }

    /** Keeps what a host says of itself if we know it; strangers leave nothing here. */
    public void keepInformation(HostName host, KeptInformation information) {
        change(KEEP, host)
                .setParameter("document", information.document())
                .setParameter("expires", information.expires())
                .executeUpdate();
    }

    /** What the host has said of itself is not believed any longer. */
    public void forgetInformation(HostName host) {
        change(FORGET, host).executeUpdate();
    }

    private MutationQuery change(String sql, HostName host) {
        return getSession().createNativeMutationQuery(sql).setParameter("host", host.text());
    }
}
