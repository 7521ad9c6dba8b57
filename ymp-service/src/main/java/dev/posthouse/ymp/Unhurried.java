package dev.posthouse.ymp;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * Transactions that nobody's word hangs on: who has which turn, what is waited for. All see them at
 * once, but nobody waits until they are on disk. What a crash of the database loses of them, some
 * tenths of a second, is found again by leases that run out and hosts that are asked again; one
 * that is committed after them, and waits, takes them with it.
 */
public final class Unhurried {

    private Unhurried() {}

    /** Works in a transaction of its own. */
    public static <T> T call(Callable<T> work) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    letGo();
                    return work.call();
                });
    }

    private static void letGo() throws SQLException {
        // As static as the transaction itself: whoever works in one need not be given this as well.
        DataSource dataSource = Arc.container().instance(DataSource.class).get();
        try (Connection ours = dataSource.getConnection();
                Statement setting = ours.createStatement()) {
            setting.execute("set local synchronous_commit = off");
        }
    }

    /** The same. */
    public static void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }
}
