package dev.posthouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestPostgresTest {

    @Test
    void givesEachNameItsOwnDatabaseAndKeepsIt() throws SQLException {
        String first = TestPostgres.database("posthouse_kit_one");
        String second = TestPostgres.database("posthouse_kit_two");
        TestPostgres.execute(first, "create table letter (id int)");

        assertThat(ask(first, "select current_database()")).startsWith("posthouse_kit_one");
        assertThat(ask(second, "select to_regclass('letter')")).isNull();
        assertThat(TestPostgres.database("posthouse_kit_one")).isEqualTo(first);
        assertThat(ask(first, "select to_regclass('letter')")).isEqualTo("letter");
    }

    @Test
    void comesBackOnTheSamePortWithTheSameData() throws SQLException {
        String url = TestPostgres.database("posthouse_kit_outage");
        TestPostgres.execute(url, "create table letter (id int)");

        TestPostgres.stop();
        try {
            assertThatThrownBy(() -> TestPostgres.connect(url)).isInstanceOf(SQLException.class);
        } finally {
            TestPostgres.start();
        }

        assertThat(ask(url, "select to_regclass('letter')")).isEqualTo("letter");
    }

    @Test
    void isDurableWhenAskedAndLeavesNothingBehindWhenTemporary(@TempDir Path parent)
            throws SQLException {
        Path directory = parent.resolve("durable");
        var options =
                new EmbeddedPostgresServer.Options(
                        directory,
                        EmbeddedPostgresServer.BINARIES,
                        Loopback.freePort(),
                        true,
                        true);
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(options)) {
            String url = server.jdbcUrl("postgres");
            assertThat(ask(url, "show fsync")).isEqualTo("on");
            assertThat(ask(url, "show synchronous_commit")).isEqualTo("on");
            assertThat(ask(url, "show full_page_writes")).isEqualTo("on");
            server.createDatabase("posthouse_kit");
            server.createDatabase("posthouse_kit");
        }
        assertThat(Files.exists(directory)).isFalse();
    }

    @Test
    void namesAnotherDatabaseOfAForeignServer() {
        assertThat(TestPostgres.urlOf("jdbc:postgresql://db:5432/postgres?user=a&password=b", "x"))
                .isEqualTo("jdbc:postgresql://db:5432/x?user=a&password=b");
        assertThat(TestPostgres.urlOf("jdbc:postgresql://db", "x"))
                .isEqualTo("jdbc:postgresql://db/x");
    }

    private static String ask(String url, String sql) throws SQLException {
        try (Connection connection = TestPostgres.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
