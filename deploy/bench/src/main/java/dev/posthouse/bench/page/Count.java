package dev.posthouse.bench.page;

import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One number out of a service's database, asked for again and again. */
final class Count implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement statement;

    Count(String jdbcUrl, String sql) {
        try {
            this.connection = TestPostgres.connect(jdbcUrl);
            this.statement = connection.prepareStatement(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long get() {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
