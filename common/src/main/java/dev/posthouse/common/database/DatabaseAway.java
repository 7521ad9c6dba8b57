package dev.posthouse.common.database;

import java.sql.SQLException;
import java.util.Optional;

/** Tells a database that is away or busy, which ends by itself, from a failure of ours. */
public final class DatabaseAway {

    private static final int DEEPEST_CAUSE = 20;

    private DatabaseAway() {}

    /** The cause of a failure, if it is that. */
    public static Optional<SQLException> in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof SQLException sql && isAway(sql)) {
                return Optional.of(sql);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
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
