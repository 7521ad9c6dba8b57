package dev.posthouse.relay.poweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.DoorFuzz;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.parcel.TestQueue;
import dev.posthouse.testing.LogWatch;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PoHTTP, section 16, of what private gateways deliver (section 11.1). */
@QuarkusTest
class DeliveryFuzzTest {

    private final TestGateway gateway = TestGateway.ofTheVectors();

    @AfterEach
    void empty() {
        TestQueue.empty(NodeId.parse(RelayUnderTest.PRIVATE_GATEWAY));
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void judgesWhateverComes(HttpVersion version) {
        int taken = 0;
        int invalid = 0;
        try (DoorFuzz fuzz = new DoorFuzz(version);
                LogWatch log = new LogWatch()) {
            for (int round = 0; round < DoorFuzz.ROUNDS; round++) {
                byte[] body = fuzz.damaged(TestGateway.parcel(fuzz.one("valid", "legacy-b-valid")));
                byte[] countersignature = Base64.getDecoder().decode(gateway.countersign(body));
                byte[] sent =
                        fuzz.one(true, false) ? countersignature : fuzz.damaged(countersignature);

                int status = fuzz.post("/v1/parcels", headers(fuzz, sent), body).status();

                assertThat(status).as("round %s", round).isIn(202, 400, 401, 415, 422);
                taken += status == 202 ? 1 : 0;
                invalid += status == 400 || status == 422 ? 1 : 0;
            }
            assertThat(log.text()).doesNotContain("ERROR");
        }
        assertThat(taken).as("those that are not damaged").isPositive();
        assertThat(invalid).as("damaged parcels, countersigned").isPositive();
    }

    private static Map<String, String> headers(DoorFuzz fuzz, byte[] countersignature) {
        return Map.of(
                "content-type",
                "application/vnd.awala.parcel",
                "authorization",
                fuzz.one("Relaynet", "Awala")
                        + "-Countersignature "
                        + Base64.getEncoder().encodeToString(countersignature));
    }
}
