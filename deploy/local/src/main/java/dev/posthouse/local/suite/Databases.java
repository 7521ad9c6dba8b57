package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The services' databases on a server: made where they are missing, and never removed.
 *
 * @param server where
 */
record Databases(DatabaseServer server) {

    private static final String NOT_ALLOWED = "42501";
    private static final String THERE_ALREADY = "42P04";

    /** Makes those that are missing; says what an administrator has to do if we may not. */
    void make(Collection<String> names) {
        try (Connection connection = connect()) {
            Set<String> present = present(connection);
            List<String> missing = names.stream().filter(name -> !present.contains(name)).toList();
            for (int i = 0; i < missing.size(); i++) {
                make(connection, missing.subList(i, missing.size()));
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.put("user", server.username());
        server.password().ifPresent(password -> properties.put("password", password));
        properties.put("connectTimeout", "5");
        properties.put("loginTimeout", "8");
        properties.put("socketTimeout", "30");
        return DriverManager.getConnection(server.jdbcUrl(server.entry()), properties);
    }

    private static Set<String> present(Connection connection) throws SQLException {
        Set<String> present = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select datname from pg_database")) {
            while (rows.next()) {
                present.add(rows.getString(1));
            }
        }
        return present;
    }

    /** Makes the first of the missing ones. */
    private void make(Connection connection, List<String> missing) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database " + missing.getFirst());
        } catch (SQLException e) {
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                throw new LocalFailure(
                        "the user \"%s\" may not make databases at %s; let an administrator run:%n%s"
                                .formatted(server.username(), server.hosts(), sql(missing)),
                        e);
            }
            if (!THERE_ALREADY.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private String sql(List<String> missing) {
        return missing.stream()
                .map(name ->
                        "    create database %s owner \"%s\";".formatted(name, server.username()))
                .collect(Collectors.joining("\n"));
    }

    private LocalFailure failure(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        // 08004 is what the driver says when the server wants a password and there is none.
        if (state.startsWith("28") || state.equals("08004")) {
            return new LocalFailure(
                    "PostgreSQL at %s does not let \"%s\" in (%s): see %s and %s"
                            .formatted(
                                    server.hosts(),
                                    server.username(),
                                    e.getMessage(),
                                    DatabaseServer.USERNAME,
                                    DatabaseServer.PASSWORD_FILE),
                    e);
        }
        if (state.startsWith("08")) {
            String cause = e.getCause() == null ? "" : " " + e.getCause().getMessage();
            return new LocalFailure(
                    "PostgreSQL at %s cannot be reached (%s%s): see %s"
                            .formatted(server.hosts(), e.getMessage(), cause, DatabaseServer.URL),
                    e);
        }
        return new LocalFailure(
                "PostgreSQL at %s: %s".formatted(server.hosts(), e.getMessage()), e);
    }
}
