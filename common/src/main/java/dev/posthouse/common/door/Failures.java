package dev.posthouse.common.door;

import java.sql.SQLException;
import java.time.Duration;

/**
 * What a caller hears of a failure that is not its own (certificates, section 3): 503 while the
 * database is away or busy, else 500, and nothing of the inside.
 */
public final class Failures {

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int DEEPEST_CAUSE = 20;

    private Failures() {}

    /** The refusal for an unexpected failure. */
    public static Refusal refusal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof SQLException sql && isAway(sql)) {
                return Refusal.retry(
                        503, "dependency.database", "The service cannot work just now.", RETRY);
            }
            cause = cause.getCause();
        }
        return Refusal.of(500, "internal", "The service failed; it is not your fault.");
    }

    /** No connection to be had (Agroal gives no state), a broken one, too many, shutting down. */
    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("40");
    }
}
