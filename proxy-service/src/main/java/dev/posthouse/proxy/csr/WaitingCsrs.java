package dev.posthouse.proxy.csr;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.wire.CaCsrRequest;
import dev.posthouse.common.x509.Pem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
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
            update session set attempts = attempts + 1, lease_until = :leaseUntil
            where name_hash in (
              select name_hash from session
              where state = 'ACCEPTED' and next_attempt <= :now
                and (lease_until is null or lease_until < :now)
              order by next_attempt limit :most for update skip locked)
            returning *
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
     */
    public record Waiting(
            String id,
            CaCsrRequest request,
            String jtiHash,
            Instant acceptedAt,
            Instant expires,
            int attempts) {

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
        record Again(Waiting of, Instant at) implements Outcome {}
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
                row.attempts);
    }

    /** Records outcomes; the caller's transaction holds their events too. */
    public void record(List<Outcome> outcomes) {
        Map<String, Outcome> byId =
                outcomes.stream()
                        .collect(
                                Collectors.toMap(
                                        outcome -> outcome.of().id(),
                                        Function.identity(),
                                        (first, second) -> second));
        for (SubmissionRow row :
                list("nameHash in ?1 and state = ?2", byId.keySet(), Submission.State.ACCEPTED)) {
            settle(row, byId.get(row.nameHash));
        }
    }

    private static void settle(SubmissionRow row, Outcome outcome) {
        row.leaseUntil = null;
        switch (outcome) {
            case Outcome.Forwarded forwarded -> close(row, Submission.State.FORWARDED);
            case Outcome.Refused refused -> close(row, Submission.State.REFUSED);
            case Outcome.Expired expired -> close(row, Submission.State.EXPIRED);
            case Outcome.Again again -> row.nextAttempt = again.at();
        }
    }

    /** What the CA has, the proxy need not keep. */
    private static void close(SubmissionRow row, Submission.State state) {
        row.state = state;
        row.csr = null;
        row.sessionName = null;
        row.openClaim = null;
    }
}
