package dev.posthouse.relay.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.Plans;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What waits is summed up from indexes, of which each is found by how it says what it holds. */
@QuarkusTest
class DepthPlansTest {

    @Inject DataSource dataSource;

    @Test
    void sumsAreReadFromTheirIndexes() throws SQLException {
        assertThat(plan(Depths.OF_GATEWAY)).contains("parcel_waiting").doesNotContain("Seq Scan");
        assertThat(plan(Depths.OF_RECIPIENT))
                .contains("parcel_recipient")
                .doesNotContain("Seq Scan");
        assertThat(plan(Depths.ALL)).contains("outbound_kept").doesNotContain("Seq Scan");
    }

    private String plan(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return Plans.of(statement, "explain " + sql.replaceAll(":(gateway|recipient)", "'a'"));
        }
    }
}
