package dev.posthouse.relay;

import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * While it is open no change of a parcel for a private gateway is committed: all that comes before
 * the commit is done, and the commit waits.
 */
public final class HeldCommits implements AutoCloseable {

    private static final String FUNCTION =
            """
            create or replace function hold_commit() returns trigger language plpgsql as
            $$ begin perform pg_advisory_xact_lock_shared(471147); return null; end $$
            """;

    private static final String TRIGGER =
            """
            create constraint trigger hold_commit after insert or update on parcel
            deferrable initially deferred for each row execute function hold_commit()
            """;

    private final Connection holder;

    private HeldCommits(Connection holder) {
        this.holder = holder;
    }

    /** From now on. */
    public static HeldCommits begin() {
        try {
            Connection holder = TestPostgres.connect(TestPostgres.database("posthouse_relay"));
            execute(holder, FUNCTION);
            execute(holder, TRIGGER);
            execute(holder, "select pg_advisory_lock(471147)");
            return new HeldCommits(holder);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether a commit waits. */
    public boolean holdsOne() {
        return TestDatabase.ask(
                        "select count(*) from pg_locks where locktype = 'advisory' and not granted")
                .equals("1");
    }

    /** Lets them be committed. */
    public void letGo() {
        try {
            execute(holder, "select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        letGo();
        try (holder) {
            execute(holder, "drop trigger hold_commit on parcel");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
