package dev.posthouse.relay.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.parcel.TestArrival;
import dev.posthouse.relay.parcel.TestQueue;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 11.3: what an operator sees of what waits. */
@QuarkusTest
class QueuesResourceTest {

    private final List<NodeId> gateways =
            Stream.generate(TestArrival::node)
                    .limit(2)
                    .sorted((one, other) -> one.text().compareTo(other.text()))
                    .toList();

    @BeforeEach
    void fill() {
        TestQueue.fill(gateways.getFirst(), TestArrival.node(), 3);
        TestQueue.fill(gateways.getLast(), TestArrival.node(), 1);
    }

    @AfterEach
    void empty() {
        gateways.forEach(TestQueue::empty);
    }

    private static RequestSpecification operator() {
        return RelayUnderTest.door()
                .with(
                        TestPki.shared()
                                .leaf("ada")
                                .uri("spiffe://posthouse.local/operator/ada")
                                .build()
                                .context());
    }

    private static JsonPath get(String path) {
        Response answer = operator().get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        return answer.jsonPath();
    }

    @Test
    void countsWhatWaitsForEachGateway() {
        List<Map<String, Object>> queues = get("/admin/queues?max=1000").getList("queues");

        assertThat(queues)
                .filteredOn(queue -> queue.get("gateway").equals(gateways.getFirst().text()))
                .singleElement()
                .satisfies(queue -> {
                    assertThat(queue.get("parcels")).isEqualTo(3);
                    assertThat(queue.get("octets")).isEqualTo(3 * TestQueue.SIZE);
                    assertThat(queue).containsKey("oldest");
                });
    }

    @Test
    void listsGatewaysInPages() {
        String first = gateways.getFirst().text();
        String before = first.substring(0, first.length() - 1);

        assertThat(get("/admin/queues?max=1&after=" + before).getList("queues.gateway"))
                .containsExactly(first);
        assertThat(get("/admin/queues?after=" + first).getList("queues.gateway"))
                .contains(gateways.getLast().text())
                .doesNotContain(first);
    }

    @Test
    void listsWhatWaitsForOneGatewayButNotItsOctets() {
        String path = "/admin/queues/" + gateways.getFirst().text();
        JsonPath listed = get(path + "?max=2");
        long last = listed.getLong("parcels[1].seq");

        assertThat(listed.getList("parcels")).hasSize(2);
        assertThat(listed.getMap("parcels[0]"))
                .containsOnlyKeys(
                        "seq",
                        "id",
                        "recipient",
                        "sender",
                        "octets",
                        "created",
                        "arrived",
                        "expires");
        assertThat(get(path + "?after=" + last).getList("parcels")).hasSize(1);
        assertThat(get("/admin/queues/" + TestArrival.node()).getList("parcels")).isEmpty();
    }

    @Test
    void refusesPagesThatAreTooLongOrNone() {
        for (String path : new String[] {"/admin/queues", "/admin/queues/" + gateways.getLast()}) {
            for (String max : new String[] {"0", "1001", "-1", "ten", "4294967297"}) {
                assertThat(operator().get(path + "?max=" + max).statusCode()).isEqualTo(400);
            }
        }
    }

    @Test
    void refusesToBeginAfterWhatIsNoNumber() {
        String path = "/admin/queues/" + gateways.getLast().text();
        for (String after : new String[] {"ten", "-1", "1.5"}) {
            Response refused = operator().get(path + "?after=" + after);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.contentType()).isEqualTo("application/problem+json");
            assertThat(refused.jsonPath().getString("code")).isEqualTo("query.after");
        }
    }

    @Test
    void isForOperatorsAlone() {
        for (String path : new String[] {"/admin/queues", "/admin/queues/" + gateways.getLast()}) {
            assertThat(RelayUnderTest.stranger().get(path).statusCode()).isEqualTo(401);
            assertThat(RelayUnderTest.door().as("ymp-service").get(path).statusCode())
                    .isEqualTo(403);
            assertThat(operator().delete(path).statusCode()).isEqualTo(405);
        }
        assertThat(operator().get("/admin/queues/x").statusCode()).isEqualTo(404);
    }
}
