package dev.posthouse.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The database of the service under test, as somebody beside the service sees it. */
public final class TestDatabase {

    /** A property, because statics are per class loader and Quarkus has several. */
    private static final String URL = "posthouse.testing.service-database";

    private TestDatabase() {}

    /**
     * This is the service's database from now on.
     *
     * @return its JDBC URL
     */
    static String use(String name) {
        String url = TestPostgres.database(name);
        System.setProperty(URL, url);
        return url;
    }

    /** The first column of the first row, as text. */
    public static String ask(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement query = prepare(connection, sql, parameters);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getString(1) : "no row";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows, as a crash or time would have left them; says how many. */
    public static int change(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement change = prepare(connection, sql, parameters)) {
            return change.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Vacuums a table until the rows that were deleted are gone: a query under way keeps them. */
    public static void vacuum(String table) {
        Await.await(
                "the deleted rows of " + table + " are gone",
                () -> {
                    change("vacuum (analyze, index_cleanup on) " + table);
                    return ask(
                                    "select n_dead_tup from pg_stat_user_tables where relname = ?",
                                    table)
                            .equals("0");
                });
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static Connection connect() throws SQLException {
        return TestPostgres.connect(System.getProperty(URL));
    }
}
