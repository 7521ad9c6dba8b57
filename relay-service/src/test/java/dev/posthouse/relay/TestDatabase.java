package dev.posthouse.relay;

import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The service's database, as somebody beside the service sees it. */
public final class TestDatabase {

    private TestDatabase() {}

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

    /** Changes rows; says how many. */
    public static int change(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement change = prepare(connection, sql, parameters)) {
            return change.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
        return TestPostgres.connect(TestPostgres.database("posthouse_relay"));
    }
}
