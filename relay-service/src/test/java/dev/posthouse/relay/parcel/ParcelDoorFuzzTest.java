package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.DoorFuzz;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.RelayVectors;
import dev.posthouse.testing.LogWatch;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PoHTTP, section 16: no input gives 5xx, or takes more than 3 s. */
@QuarkusTest
class ParcelDoorFuzzTest {

    private static final Map<String, String> HEADERS =
            Map.of(
                    "content-type", "application/vnd.awala.parcel",
                    "accept", "application/json, text/plain;q=0.5",
                    "x-relaynet-gateway", "rng+http://there.example",
                    "authorization", "Bearer eyJhbGciOiJub25lIn0.e30.");

    @AfterEach
    void empty() {
        TestQueue.empty(NodeId.parse(RelayUnderTest.PRIVATE_GATEWAY));
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void judgesWhateverComes(HttpVersion version) {
        int taken = 0;
        try (DoorFuzz fuzz = new DoorFuzz(version);
                LogWatch log = new LogWatch()) {
            for (int round = 0; round < DoorFuzz.ROUNDS; round++) {
                String base = fuzz.one("valid", "valid-jvm", "legacy-b-valid", "legacy-a-valid");
                byte[] body = fuzz.damaged(RelayVectors.parcel(base));

                int status = fuzz.post("/", HEADERS, body).status();

                assertThat(status).as("round %s, %s", round, base).isIn(202, 400, 403, 415);
                taken += status == 202 ? 1 : 0;
            }
            assertThat(log.text()).doesNotContain("ERROR");
        }
        assertThat(taken).as("those that are not damaged").isBetween(1, DoorFuzz.ROUNDS / 2);
    }
}
