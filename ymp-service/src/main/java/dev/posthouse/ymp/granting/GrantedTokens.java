package dev.posthouse.ymp.granting;

import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.TokenGranted;
import dev.posthouse.common.event.TokenRevoked;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.outbox.Outbox;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.query.MutationQuery;

/**
 * The tokens other hosts hold, to send to us (YMP, section 5): their hashes, at most four live ones
 * of each host, and the events that tell of them in the same transactions.
 *
 * <pre>
 * on trial --204--> granted --expires, a fifth, the operator--> void
 *     |--any other answer, none, a crash of ours--> void
 * </pre>
 *
 * A token counts from the moment it is on trial, since its holder may use it before its 204 has
 * reached us. Its trial is longer than the call: a token that nobody lived to judge ends by itself.
 */
@ApplicationScoped
public final class GrantedTokens implements PanacheRepositoryBase<GrantedTokenRow, byte[]> {

    /** Longer than looking a host up and calling it takes. */
    static final Duration TRIAL = Duration.ofSeconds(20);

    private static final int MOST_BESIDE_A_NEW_ONE = 3;

    /** One after the other for each host, whichever replica asks. */
    private static final String TAKE_TURN =
            "select 1 from pg_advisory_xact_lock(hashtextextended(:host, 0))";

    private static final String SUPERSEDE =
            """
            update granted_token set revoked = :now where token_hash in (
              select token_hash from granted_token
              where host = :host and revoked is null and expires > :now
              order by created desc, token_hash offset :most)
            """;
    private static final String ADD =
            """
            insert into granted_token (token_hash, host, created, expires)
            values (:hash, :host, :now, :expires)
            """;
    private static final String KEEP =
            """
            update granted_token set expires = :expires where token_hash = :hash and revoked is null
            """;
    private static final String REVOKE =
            "update granted_token set revoked = :now where token_hash = :hash and revoked is null";
    private static final String REVOKE_ALL =
            """
            update granted_token set revoked = :now
            where host = :host and revoked is null and expires > :now
            """;
    private static final String LIVE =
            "select count(*) from granted_token where revoked is null and expires > :now";
    private static final String FORGET =
            """
            delete from granted_token where token_hash in (
              select token_hash from granted_token where expires <= :now
              limit :most for update skip locked)
            """;

    private final Outbox outbox;
    private final Clock clock;

    GrantedTokens(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Puts a host's token on trial; a fifth revokes the oldest. */
    void add(HostName host, Token token, Instant expires) {
        takeTurn(host);
        Instant now = clock.instant();
        int superseded =
                change(SUPERSEDE)
                        .setParameter("host", host.text())
                        .setParameter("now", now)
                        .setParameter("most", MOST_BESIDE_A_NEW_ONE)
                        .executeUpdate();
        Instant trial = now.plus(TRIAL);
        change(ADD)
                .setParameter("hash", token.hash())
                .setParameter("host", host.text())
                .setParameter("now", now)
                .setParameter("expires", expires.isBefore(trial) ? expires : trial)
                .executeUpdate();
        tellRevoked(superseded, host, "superseded");
    }

    /** The host has taken it: it counts until it expires, unless it was superseded meanwhile. */
    void keep(HostName host, Token token, Instant expires) {
        int kept =
                change(KEEP)
                        .setParameter("hash", token.hash())
                        .setParameter("expires", expires)
                        .executeUpdate();
        if (kept > 0) {
            outbox.add(Event.of(new TokenGranted(host.text(), expires), clock.instant()));
        }
    }

    /** The host has not taken it. */
    void revoke(HostName host, Token token) {
        int revoked =
                change(REVOKE)
                        .setParameter("hash", token.hash())
                        .setParameter("now", clock.instant())
                        .executeUpdate();
        tellRevoked(revoked, host, "grant");
    }

    /**
     * Revokes all tokens of a host (the operator's).
     *
     * @return how many there were
     */
    @Transactional
    public int revokeAll(HostName host) {
        takeTurn(host);
        int revoked =
                change(REVOKE_ALL)
                        .setParameter("host", host.text())
                        .setParameter("now", clock.instant())
                        .executeUpdate();
        tellRevoked(revoked, host, "operator");
        return revoked;
    }

    private void takeTurn(HostName host) {
        getSession()
                .createNativeQuery(TAKE_TURN, Integer.class)
                .setParameter("host", host.text())
                .getSingleResult();
    }

    private void tellRevoked(int count, HostName host, String cause) {
        if (count > 0) {
            outbox.add(Event.of(new TokenRevoked(host.text(), cause), clock.instant()));
        }
    }

    /** How many count then. */
    long live(Instant now) {
        return getSession()
                .createNativeQuery(LIVE, Long.class)
                .setParameter("now", now)
                .getSingleResult();
    }

    /** Forgets what has expired until then; says how many. */
    int forgetExpired(Instant now, int most) {
        return change(FORGET).setParameter("now", now).setParameter("most", most).executeUpdate();
    }

    private MutationQuery change(String sql) {
        return getSession().createNativeMutationQuery(sql);
    }
}
