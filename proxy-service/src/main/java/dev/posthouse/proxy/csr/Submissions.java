package dev.posthouse.proxy.csr;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ProxyException.KeyInUse;
import dev.posthouse.proxy.ProxyException.TooManyOpenSessions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** The CSRs that were accepted, one per session name (certificates, sections 9 and 13). */
@ApplicationScoped
class Submissions implements PanacheRepositoryBase<SubmissionRow, String> {

    /** How long after its end a session is forgotten and its name may be used again. */
    static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    /** A forgotten session gives way to a new one; a live one stays as it is. */
    private static final String ADD =
            """
            insert into session (name_hash, session_name, csr_hash, csr, addr, wan, observed, jti,
              access_url, created_at, expires_at, state, next_attempt, open_claim, key_claim, traceparent)
            values (:nameHash, :sessionName, :csrHash, :csr, :addr, :wan, :observed, :jti,
              :accessUrl, :now, :expires, 'ACCEPTED', :now, :openClaim, :keyClaim, :traceparent)
            on conflict (name_hash) do update set
              session_name = excluded.session_name, csr_hash = excluded.csr_hash,
              csr = excluded.csr, addr = excluded.addr, wan = excluded.wan,
              observed = excluded.observed, jti = excluded.jti, access_url = excluded.access_url,
              created_at = excluded.created_at, expires_at = excluded.expires_at,
              state = excluded.state, attempts = 0, next_attempt = excluded.next_attempt,
              lease_until = null, open_claim = excluded.open_claim, key_claim = excluded.key_claim,
              traceparent = excluded.traceparent
            where session.expires_at < :forgotten
            """;

    private final int mostOpen;

    Submissions(ProxyConfig settings) {
        this.mostOpen = settings.limits().openSessions();
    }

    /**
     * Adds a submission unless its session name is taken.
     *
     * @return whether it was added
     * @throws TooManyOpenSessions when its address has too many that wait for the CA
     * @throws KeyInUse when its key serves another live session
     */
    boolean add(Draft draft, Instant now) {
        try {
            release(draft.claims(), now);
            boolean added = insert(draft, now) == 1;
            if (added && mostOpen > 0 && open(draft.observed()) > mostOpen) {
                throw new TooManyOpenSessions();
            }
            return added;
        } catch (ConstraintViolationException taken) {
            switch (String.valueOf(taken.getConstraintName())) {
                case "session_open_claim_key" -> throw new TooManyOpenSessions();
                case "session_key_claim_key" -> throw new KeyInUse();
                default -> throw taken;
            }
        }
    }

    /** What a session held that is over already, and is only not forgotten yet. */
    private void release(Draft.Claims claims, Instant now) {
        if (claims.open().isPresent() || claims.key().isPresent()) {
            update(
                    "openClaim = null, keyClaim = null"
                            + " where (openClaim = ?1 or keyClaim = ?2) and expiresAt < ?3",
                    claims.open().orElse(null),
                    claims.key().orElse(null),
                    now);
        }
    }

    private int insert(Draft draft, Instant now) {
        Query insert = getEntityManager().createNativeQuery(ADD);
        insert.setParameter("nameHash", draft.nameHash())
                .setParameter("sessionName", draft.csr().sessionName().value())
                .setParameter("csrHash", draft.csrHash())
                .setParameter("csr", draft.csr().der())
                .setParameter("addr", draft.addresses().client().text())
                .setParameter("wan", draft.addresses().wan().text())
                .setParameter("observed", draft.observed().text())
                .setParameter("jti", draft.accessUrl().jti())
                .setParameter("accessUrl", draft.accessUrl().url())
                .setParameter("now", draft.acceptedAt())
                .setParameter("expires", draft.accessUrl().expires())
                .setParameter("openClaim", draft.claims().open().orElse(null))
                .setParameter("keyClaim", draft.claims().key().orElse(null))
                .setParameter("traceparent", draft.traceparent().orElse(null))
                .setParameter("forgotten", now.minus(FORGOTTEN_AFTER));
        return insert.executeUpdate();
    }

    private long open(IpAddress observed) {
        return count("observed = ?1 and state = ?2", observed.text(), Submission.State.ACCEPTED);
    }

    /** The submission of that session name. */
    Optional<Submission> find(String nameHash) {
        return findByIdOptional(nameHash).map(Submissions::submission);
    }

    private static Submission submission(SubmissionRow row) {
        return new Submission(
                row.csrHash,
                IpAddress.parse(row.addr),
                row.accessUrl,
                row.jti,
                row.createdAt,
                row.state);
    }

    /** Deletes sessions that are forgotten, at most so many at once. */
    int forget(Instant now, int most) {
        return getEntityManager()
                .createNativeQuery(
                        """
                        delete from session where name_hash in
                          (select name_hash from session where expires_at < :forgotten
                           limit :most for update skip locked)
                        """)
                .setParameter("forgotten", now.minus(FORGOTTEN_AFTER))
                .setParameter("most", most)
                .executeUpdate();
    }
}
