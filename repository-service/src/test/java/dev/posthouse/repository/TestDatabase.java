package dev.posthouse.repository;

import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The service's database, as somebody beside the service sees it. */
public final class TestDatabase {

    private TestDatabase() {}

    /** The first column of the first row, as text. */
    public static String ask(String sql, String parameter) {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, parameter);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : "no row";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of a session. */
    public static String records(TestSession session) {
        return ask("select count(*) from record where jti = ?", session.jti());
    }

    /** One column of a session's record. */
    public static String column(TestSession session, String column) {
        return ask("select " + column + " from record where jti = ?", session.jti());
    }

    private static Connection connect() throws SQLException {
        return TestPostgres.connect(TestPostgres.database("posthouse_repository"));
    }
}
