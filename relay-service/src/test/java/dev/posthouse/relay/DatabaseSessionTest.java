package dev.posthouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database is told of each of our connections. */
@QuarkusTest
class DatabaseSessionTest {

    @Inject DataSource dataSource;

    /** 10 s of silence, and 20 s without an answer: then what a lost machine had locked is free. */
    @ParameterizedTest
    @CsvSource({
        "tcp_keepalives_idle, 10",
        "tcp_keepalives_interval, 5",
        "tcp_keepalives_count, 4",
        "tcp_user_timeout, 30000",
        "lock_timeout, 5s",
        "enable_seqscan, off"
    })
    void saysHowLongToWait(String name, String value) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet shown = statement.executeQuery("show " + name)) {
            assertThat(shown.next()).isTrue();
            assertThat(shown.getString(1)).isEqualTo(value);
        }
    }
}
