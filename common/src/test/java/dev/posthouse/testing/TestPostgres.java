package dev.posthouse.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL of this JVM's tests: the one that {@code POSTHOUSE_TEST_POSTGRES} names (a JDBC
 * URL with its user), else an embedded one that is started when first needed.
 */
public final class TestPostgres {

    /** Of two JVMs that test one module at once, the second has databases of its own. */
    private static final String FORK = System.getProperty("posthouse.fork", "1");

    private TestPostgres() {}

    /**
     * A database of this name, empty when this JVM asks for the first time and the same one from
     * then on.
     *
     * @return its JDBC URL, user included
     */
    public static synchronized String database(String name) {
        String server = server().getAddress();
        String own = FORK.equals("1") ? name : name + "_" + FORK;
        String mark = "posthouse.testing.database." + own;
        // A property, because statics are per class loader and Quarkus has several.
        if (System.getProperty(mark) == null) {
            execute(server, "drop database if exists " + own + " with (force)");
            execute(server, "create database " + own);
            System.setProperty(mark, "made");
        }
        return urlOf(server, own);
    }

    /** Takes the database server away until {@link #start}. */
    public static void stop() {
        server().stop();
    }

    /** Brings the stopped server back, on the same port and with the same data. */
    public static void start() {
        server().start();
    }

    /** A connection outside every pool. */
    public static Connection connect(String jdbcUrl) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        return source.getConnection();
    }

    static void execute(String jdbcUrl, String sql) {
        try (Connection connection = connect(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refuses: " + sql, e);
        }
    }

    /** The same server and user, another database. */
    static String urlOf(String jdbcUrl, String database) {
        return jdbcUrl.replaceFirst("^(jdbc:postgresql://[^/?]+)(/[^?]*)?", "$1/" + database);
    }

    private static TestServer server() {
        return SharedServer.get("postgres", TestPostgres::given);
    }

    private static TestServer given() {
        String address = System.getenv("POSTHOUSE_TEST_POSTGRES");
        return address == null ? embedded() : new ForeignServer(address);
    }

    private static TestServer embedded() {
        EmbeddedPostgresServer server =
                EmbeddedPostgresServer.start(EmbeddedPostgresServer.Options.forTests());
        return new TestServer() {
            @Override
            public String getAddress() {
                return server.jdbcUrl("postgres");
            }

            @Override
            public void stop() {
                server.stop();
            }

            @Override
            public void start() {
                server.start();
            }
        };
    }
}
