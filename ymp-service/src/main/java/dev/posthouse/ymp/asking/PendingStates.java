package dev.posthouse.ymp.asking;

import dev.posthouse.common.guard.HostName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The states we have sent, until a grant brings them back (YMP, section 4). */
@ApplicationScoped
final class PendingStates implements PanacheRepositoryBase<PendingStateRow, byte[]> {

    static final Duration LIFE = Duration.ofSeconds(60);

    private static final String ADD =
            """
            insert into pending_state (state_hash, host, created, expires)
            values (:hash, :host, :now, :expires)
            """;

    /**
     * Unknown, used, expired, another host's and a blocked host's are all one: no row, after the
     * same statement. Of two that race the second waits here for the first to commit.
     */
    private static final String CONSUME =
            """
            update pending_state set used = true
            where state_hash = :hash and host = :host and not used and expires > :now
              and not exists (select 1 from peer where host = :host and blocked)
            returning created
            """;

    private static final String FORGET =
            """
            delete from pending_state where state_hash in (
              select state_hash from pending_state where expires <= :before
              limit :most for update skip locked)
            """;

    /** Adds a state that is about to be sent to the host. */
    void add(State state, HostName host, Instant now) {
        getSession()
                .createNativeMutationQuery(ADD)
                .setParameter("hash", state.hash())
                .setParameter("host", host.text())
                .setParameter("now", now)
                .setParameter("expires", now.plus(LIFE))
                .executeUpdate();
    }

    /**
     * Consumes the state, if this host was sent it and nobody has brought it back before.
     *
     * @return when it was made
     */
    Optional<Instant> consume(State state, HostName host, Instant now) {
        return getSession()
                .createNativeQuery(CONSUME, Instant.class)
                .setParameter("hash", state.hash())
                .setParameter("host", host.text())
                .setParameter("now", now)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** Deletes what nobody can bring back any longer; says how many. */
    int forgetExpiredUntil(Instant before, int most) {
        return getSession()
                .createNativeMutationQuery(FORGET)
                .setParameter("before", before)
                .setParameter("most", most)
                .executeUpdate();
    }
}
