package dev.posthouse.proxy.csr;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.wire.CaCsrRequest;
import dev.posthouse.common.x509.Pem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The submissions as the queue they are: those that wait for the CA (certificates, section 9). */
@ApplicationScoped
public class WaitingCsrs implements PanacheRepositoryBase<SubmissionRow, String> {

    private static final String CLAIM =
            """
            with due as (
              select name_hash from session
              where state = 'ACCEPTED' and next_attempt <= :now
                and (lease_until is null or lease_until < :now)
              order by next_attempt limit :most for update skip locked)
            update session set attempts = attempts + 1, lease_until = :leaseUntil
            from due where session.name_hash = due.name_hash
            returning session.*
            """;

    /**
     * A CSR on its way to the CA.
     *
     * @param id the row it came from
     * @param request what the CA is sent
     * @param jtiHash what logs and events may say
     * @param acceptedAt when
     * @param expires when nobody needs it any more
     * @param attempts made, this one included
     * @param traceparent the trace it came in, or null
     */
    public record Waiting(
            String id,
            CaCsrRequest request,
            String jtiHash,
            Instant acceptedAt,
            Instant expires,
            int attempts,
            String traceparent) {

        @Override
        public String toString() {
            return "Waiting[" + jtiHash + "]";
        }
    }

    /** What became of one that was claimed. */
    public sealed interface Outcome {
        /** Which. */
        Waiting of();

        /** The CA has it. */
        record Forwarded(Waiting of) implements Outcome {}

        /** The CA refuses it for good. */
        record Refused(Waiting of, String code) implements Outcome {}

        /** Its time is over. */
        record Expired(Waiting of) implements Outcome {}

        /** Not yet; again then. */
        record Again(Waiting of, Instant at, String why) implements Outcome {}
    }

    /**
     * All that wait.
     *
     * @param depth how many
     * @param oldest since when the oldest has
     */
    public record Queue(long depth, Optional<Instant> oldest) {}

    /** How much waits for the CA. */
    @Transactional
    public Queue queue() {
        Object[] row =
                (Object[])
                        getEntityManager()
                                .createQuery(
                                        "select count(*), min(createdAt) from SubmissionRow"
                                                + " where state = ?1")
                                .setParameter(1, Submission.State.ACCEPTED)
                                .getSingleResult();
        return new Queue((Long) row[0], Optional.ofNullable((Instant) row[1]));
    }

    /** Claims at most so many that are due, under a lease. */
    @Transactional
    @SuppressWarnings("unchecked")
    public List<Waiting> claim(int most, Instant now, Duration lease) {
        List<SubmissionRow> rows =
                getEntityManager()
                        .createNativeQuery(CLAIM, SubmissionRow.class)
                        .setParameter("now", now)
                        .setParameter("leaseUntil", now.plus(lease))
                        .setParameter("most", most)
                        .getResultList();
        return rows.stream().map(WaitingCsrs::waiting).toList();
    }

    private static Waiting waiting(SubmissionRow row) {
        return new Waiting(
                row.nameHash,
                new CaCsrRequest(
                        Pem.encode("CERTIFICATE REQUEST", row.csr),
                        row.addr,
                        row.wan,
                        row.sessionName,
                        row.accessUrl),
                AccessUrl.jtiHash(row.jti),
                row.createdAt,
                row.expiresAt,
                row.attempts,
                row.traceparent);
    }

    /**
     * Records outcomes; the caller's transaction holds their events too.
     *
     * @return those that counted: a session may have been settled by another replica, or have made
     *     room for a new one of the same name, since it was claimed
     */
    public List<Outcome> record(List<Outcome> outcomes) {
        Map<String, Outcome> byId =
                outcomes.stream()
                        .collect(
                                Collectors.toMap(
                                        outcome -> outcome.of().id(),
                                        Function.identity(),
                                        (first, second) -> second));
        List<SubmissionRow> rows =
                find(
                                "nameHash in ?1 and state = ?2",
                                Sort.by("nameHash"),
                                byId.keySet(),
                                Submission.State.ACCEPTED)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .list();
        return rows.stream()
                .filter(row -> settle(row, byId.get(row.nameHash)))
                .map(row -> byId.get(row.nameHash))
                .toList();
    }

    /** Whether the outcome is this row's. */
    private static boolean settle(SubmissionRow row, Outcome outcome) {
        Waiting claimed = outcome.of();
        boolean claimedByAnother =
                outcome instanceof Outcome.Again && row.attempts != claimed.attempts();
        if (!AccessUrl.jtiHash(row.jti).equals(claimed.jtiHash()) || claimedByAnother) {
            return false;
        }
        row.leaseUntil = null;
        switch (outcome) {
            case Outcome.Forwarded _ -> close(row, Submission.State.FORWARDED);
            case Outcome.Refused _ -> close(row, Submission.State.REFUSED);
            case Outcome.Expired _ -> close(row, Submission.State.EXPIRED);
            case Outcome.Again again -> row.nextAttempt = again.at();
        }
        return true;
    }

    /** What the CA has, the proxy need not keep. */
    private static void close(SubmissionRow row, Submission.State state) {
        row.state = state;
        row.csr = null;
        row.sessionName = null;
        row.openClaim = null;
    }
}
