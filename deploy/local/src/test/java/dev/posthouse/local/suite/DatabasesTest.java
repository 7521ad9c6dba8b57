package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.testing.EmbeddedPostgresServer;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class DatabasesTest {

    private static EmbeddedPostgresServer server;

    @BeforeAll
    static void startServer() throws SQLException {
        server = EmbeddedPostgresServer.start(EmbeddedPostgresServer.Options.forTests());
        execute("postgres", "create role guest login");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void makesWhatIsMissingAndLeavesTheRest() throws Exception {
        of("postgres").make(List.of("posthouse_one"));
        execute("posthouse_one", "create table kept (id int)");

        of("postgres").make(List.of("posthouse_one", "posthouse_two"));

        execute("posthouse_one", "select * from kept");
        TestPostgres.connect(server.jdbcUrl("posthouse_two")).close();
        assertThatCode(() -> of("guest").make(List.of("posthouse_two"))).doesNotThrowAnyException();
    }

    @Test
    void saysWhatAnAdministratorHasToRunWhenTheUserMayNot() throws Exception {
        execute("postgres", "create database posthouse_there");

        assertThatThrownBy(() -> of("guest").make(List.of("posthouse_there", "a", "b")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("the user \"guest\" may not make databases")
                .hasMessageContaining(
                        "    create database a owner \"guest\";\n    create database b owner \"guest\";")
                .hasMessageNotContaining("posthouse_there");
    }

    @Test
    void saysThatTheUserIsNotLetIn() {
        assertThatThrownBy(() -> of("nobody").make(List.of("a")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("does not let \"nobody\" in")
                .hasMessageContaining("postgres.username");
    }

    @Test
    @Timeout(15)
    void saysWithinSecondsThatNobodyIsThere() {
        int nobody = Loopback.freePort();
        DatabaseServer away =
                Settings.parse(List.of("postgres.url=jdbc:postgresql://127.0.0.1:" + nobody))
                        .database()
                        .orElseThrow();

        assertThatThrownBy(() -> new Databases(away).make(List.of("a")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("PostgreSQL at 127.0.0.1:" + nobody + " cannot be reached");
    }

    @Test
    void kafkaIsNamedWithinSecondsToo() {
        int nobody = Loopback.freePort();
        long begin = System.nanoTime();

        assertThatThrownBy(() ->
                        new Topics(new Broker("127.0.0.1:" + nobody, false)).make(Service.topics()))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("Kafka at 127.0.0.1:" + nobody + " cannot be reached");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    private static Databases of(String user) {
        String hosts = server.jdbcUrl("").replaceFirst("^jdbc:postgresql://([^/]+)/.*", "$1");
        return new Databases(
                Settings.parse(
                                List.of(
                                        "postgres.url=jdbc:postgresql://" + hosts + "/",
                                        "postgres.username=" + user))
                        .database()
                        .orElseThrow());
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = TestPostgres.connect(server.jdbcUrl(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
