package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.Plans;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * What waits for one gateway is found whatever waits for others. All indexes cost the same in a
 * plan of an empty table: the right one is taken if no other serves.
 */
@QuarkusTest
class ParcelPlansTest {

    @Inject DataSource dataSource;

    @Test
    void noOtherIndexServesToFindTheOldest() throws SQLException {
        noIndexServesAfter("drop index parcel_waiting", Parcels.OLDEST, Parcels.WITH_MORE);
    }

    @Test
    void noOtherIndexServesToFindDeliveries() throws SQLException {
        noIndexServesAfter(
                "alter table parcel drop constraint parcel_delivery_id_key",
                Parcels.STILL_WAITING,
                Parcels.PIECE,
                Parcels.COLLECT);
    }

    private void noIndexServesAfter(String drop, String... statements) throws SQLException {
        List<String> filled = Stream.of(statements).map(ParcelPlansTest::filled).toList();
        assertThat(Plans.after(drop, dataSource, filled))
                .allSatisfy(plan ->
                        assertThat(plan)
                                .contains("Seq Scan on parcel")
                                .doesNotContain(
                                        "parcel_waiting", "parcel_recipient", "parcel_expires"));
    }

    private static String filled(String sql) {
        return sql.replace(":gateways", "array['a']")
                .replace(":gateway", "'a'")
                .replace(":known", sql.contains(":gateways") ? "array[1]" : "array[]::uuid[]")
                .replace(":deliveries", "array[gen_random_uuid()]")
                .replace(":delivery", "gen_random_uuid()")
                .replace(":now", "now()")
                .replace(":most", "5")
                .replace(":first", "1")
                .replaceAll(":(piece|room)", "1000");
    }
}
