package dev.posthouse.bench.watch;

import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a database did, by its own count.
 *
 * @param commits transactions, those that only read included
 * @param inserted rows
 * @param updated rows
 * @param deleted rows
 */
public record Written(long commits, long inserted, long updated, long deleted) {

    private static final String ALL =
            """
            select datname, xact_commit, tup_inserted, tup_updated, tup_deleted
            from pg_stat_database where datname like 'posthouse\\_%'
            """;

    /** So far, by database. */
    static Map<String, Written> by(String jdbcUrl) {
        try (Connection connection = TestPostgres.connect(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            Map<String, Written> all = new TreeMap<>();
            while (row.next()) {
                all.put(
                        row.getString(1),
                        new Written(
                                row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Written since(Written before) {
        return new Written(
                commits - before.commits,
                inserted - before.inserted,
                updated - before.updated,
                deleted - before.deleted);
    }

    boolean any() {
        return inserted + updated + deleted > 0;
    }
}
