package dev.posthouse.ca.publication;

import dev.posthouse.common.queue.Backoff;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the repository is still to be told, each under a lease while it is being told. Times are the
 * database's, so that replicas agree about leases.
 */
@Singleton
public final class Deliveries implements PanacheRepositoryBase<DeliveryRow, String> {

    /** Taking one up moves it past its lease; if nobody says how it ended it is due again. */
    private static final String CLAIM =
            """
            update delivery set attempts = attempts + 1,
                                due_at = now() + :lease * interval '1 millisecond'
            where jti in (
              select jti from delivery
              where failure is null and due_at <= now() and expires_at > now()
              order by due_at limit :most for update skip locked)
            returning *
            """;

    private static final String REMOVE = "delete from delivery where jti = any (:jtis)";

    private static final String POSTPONE =
            """
            update delivery d set due_at = now() + r.pause * interval '1 millisecond'
            from unnest(:jtis, :pauses) as r (jti, pause) where d.jti = r.jti
            """;

    private static final String FAIL =
            """
            update delivery d set failure = r.failure
            from unnest(:jtis, :failures) as r (jti, failure) where d.jti = r.jti
            """;

    private static final String EXPIRE =
            "delete from delivery where failure is null and expires_at <= now()";

    private static final String PURGE =
            "delete from delivery where expires_at < now() - :longAgo * interval '1 second'";

    private final RandomGenerator random = RandomGenerator.getDefault();

    void add(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> persist(DeliveryRow.of(delivery)));
    }

    List<Claimed> claim(int most, Duration lease) {
        return getSession()
                .createNativeQuery(CLAIM, DeliveryRow.class)
                .setParameter("lease", lease.toMillis())
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(row -> new Claimed(row.toDelivery(), row.attempts))
                .toList();
    }

    /** They arrived. */
    void remove(List<Result.Delivered> results) {
        if (!results.isEmpty()) {
            getSession()
                    .createNativeMutationQuery(REMOVE)
                    .setParameter("jtis", jtis(results))
                    .executeUpdate();
        }
    }

    /** They are tried again later. */
    void postpone(List<Result.Postponed> results, Backoff backoff) {
        if (results.isEmpty()) {
            return;
        }
        getSession()
                .createNativeMutationQuery(POSTPONE)
                .setParameter("jtis", jtis(results))
                .setParameter(
                        "pauses",
                        results.stream()
                                .map(result -> result.pause(backoff, random).toMillis())
                                .toArray(Long[]::new))
                .executeUpdate();
    }

    /** The repository wants none of them; they stay, to be seen. */
    void fail(List<Result.Failed> results) {
        if (results.isEmpty()) {
            return;
        }
        getSession()
                .createNativeMutationQuery(FAIL)
                .setParameter("jtis", jtis(results))
                .setParameter(
                        "failures",
                        results.stream().map(Result.Failed::failure).toArray(String[]::new))
                .executeUpdate();
    }

    /**
     * Forgets what was not delivered before its session ended.
     *
     * @return how many
     */
    int expire() {
        return getSession().createNativeMutationQuery(EXPIRE).executeUpdate();
    }

    /**
     * Forgets dead letters of sessions that ended that long ago: nobody could deliver them any
     * more.
     *
     * @return how many
     */
    int purge(Duration longAgo) {
        return getSession()
                .createNativeMutationQuery(PURGE)
                .setParameter("longAgo", longAgo.toSeconds())
                .executeUpdate();
    }

    /** What waits, dead letters not among it. */
    public long waiting() {
        return count("failure is null");
    }

    /** What the repository does not want. */
    public long deadLetters() {
        return count("failure is not null");
    }

    private static String[] jtis(List<? extends Result> results) {
        return results.stream()
                .map(result -> result.claimed().delivery().session().jti())
                .toArray(String[]::new);
    }

    /**
     * A delivery under lease.
     *
     * @param delivery what is to be said
     * @param attempts this one included
     */
    record Claimed(Delivery delivery, int attempts) {}
}
