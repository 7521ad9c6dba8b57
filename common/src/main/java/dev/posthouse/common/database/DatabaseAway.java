package dev.posthouse.common.database;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;

/** Tells a database that is away or busy, which ends by itself, from a failure of ours. */
public final class DatabaseAway {

    private static final int MOST_LOOKED_AT = 50;

    /** What somebody else had locked for too long. */
    private static final String LOCKED = "55P03";

    private DatabaseAway() {}

    /**
     * The cause of a failure, if it is that. A commit that fails is told of beside the failure, not
     * as its cause.
     */
    public static Optional<SQLException> in(Throwable failure) {
        Deque<Throwable> left = new ArrayDeque<>();
        add(failure, left);
        for (int looked = 0; looked < MOST_LOOKED_AT && !left.isEmpty(); looked++) {
            Throwable next = left.removeFirst();
            if (next instanceof SQLException sql && isAway(sql)) {
                return Optional.of(sql);
            }
            add(next.getCause(), left);
            Collections.addAll(left, next.getSuppressed());
        }
        return Optional.empty();
    }

    /** Whether somebody else had locked for too long what was to be had. */
    public static boolean isLocked(Throwable failure) {
        return in(failure).filter(away -> LOCKED.equals(away.getSQLState())).isPresent();
    }

    private static void add(Throwable failure, Deque<Throwable> left) {
        if (failure != null) {
            left.add(failure);
        }
    }

    /** No connection to be had (Agroal gives no state), a broken one, too many, shutting down. */
    private static boolean isAway(SQLException failure) {
        String state = failure.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("40")
                || state.equals(LOCKED);
    }
}
