package dev.posthouse.ca;

import dev.posthouse.testing.TestDoor;
import dev.posthouse.testing.TestPki;
import dev.posthouse.testing.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service under test, one for all tests of this module, and its database from beside it. */
@QuarkusTestResource(CaResource.class)
public final class CaUnderTest {

    /** The proxy's credentials, made once. */
    public static final SSLContext PROXY = TestPki.shared().service("proxy-service").context();

    private CaUnderTest() {}

    /** Its door. */
    public static TestDoor door() {
        return new TestDoor(URI.create(setting("test.url.ssl")));
    }

    /** Health and metrics. */
    public static String management(String path) {
        return setting("test.management.url") + path;
    }

    /** A setting of the running service. */
    public static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    /** The first column of the first row, as text; null when there is none. */
    public static String ask(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement query = prepare(connection, sql, parameters);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the database as a crash or time would have left it. */
    public static int change(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement update = prepare(connection, sql, parameters)) {
            return update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sum of a metric's lines, or one line when its labels are given. */
    public static double metric(String name) {
        return scrape().lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                // What follows the sign is an exemplar.
                .map(line -> line.replaceFirst(" # .*", ""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** All metrics. */
    public static String scrape() {
        return RestAssured.get(management("/metrics")).asString();
    }

    private static PreparedStatement prepare(
            Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static Connection connect() throws SQLException {
        return TestPostgres.connect(TestPostgres.database("posthouse_ca"));
    }
}
