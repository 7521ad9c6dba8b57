package dev.posthouse.relay.admin;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.delivery.ScriptedPeer;
import dev.posthouse.relay.outbound.AcceptOutbound;
import dev.posthouse.relay.outbound.Leaving;
import dev.posthouse.relay.ramf.TestParcel;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeadLettersResourceTest {

    private static final TestPki.Identity OPERATOR =
            TestPki.shared().leaf("olga").uri("spiffe://posthouse.local/operator/olga").build();

    @Inject AcceptOutbound acceptOutbound;
    @Inject MovedClock clock;

    private ScriptedPeer peer;

    @BeforeEach
    void open() {
        peer = ScriptedPeer.named("cleo");
        Leaving.forget(peer.address());
        peer.answers(403);
        for (String id : List.of("one", "two", "three")) {
            acceptOutbound.accept(
                    TestParcel.of(peer.address(), id, clock.instant()).checked(), Optional.empty());
        }
        await("all are dead", () -> Leaving.waiting(peer.address()) == 0);
    }

    @AfterEach
    void close() {
        peer.close();
        Leaving.forget(peer.address());
    }

    private static RequestSpecification operator() {
        return RelayUnderTest.door().with(OPERATOR.context());
    }

    private JsonPath list(String query) {
        return operator()
                .get("/admin/dead-letters?peer=" + peer.address() + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Response redrive(String which) {
        return operator()
                .contentType("application/json")
                .body(which)
                .post("/admin/dead-letters/redrive");
    }

    @Test
    void listsThemWithoutWhatIsInThem() {
        JsonPath dead = list("");

        assertThat(dead.getList("parcels.reason")).containsExactly("403", "403", "403");
        assertThat(dead.getString("parcels[0].id"))
                .isEqualTo(Leaving.parcel(peer.address(), "one", "encode(identity, 'hex')"));
        assertThat(dead.getMap("parcels[0]"))
                .containsOnlyKeys(
                        "seq",
                        "id",
                        "peer",
                        "recipient",
                        "octets",
                        "arrived",
                        "expires",
                        "dead",
                        "reason",
                        "attempts");
        assertThat(dead.getInt("parcels[0].octets")).isEqualTo(3);
        assertThat(dead.getInt("parcels[0].attempts")).isEqualTo(1);
        assertThat(list("&max=2").getList("parcels")).hasSize(2);
    }

    @Test
    void drivesThemAgain() {
        peer.answers(202);

        redrive("{\"peer\": \"%s\"}".formatted(peer.address()))
                .then()
                .statusCode(200)
                .body("redriven", equalTo(3));

        await("all are delivered", () -> Leaving.count(peer.address(), "octets is null") == 3);
        assertThat(list("").getList("parcels")).isEmpty();
        redrive("{\"peer\": \"%s\"}".formatted(peer.address())).then().body("redriven", equalTo(0));
    }

    @Test
    void drivesJustThoseThatAreNamed() {
        peer.answers(202);
        List<Integer> seqs = list("").getList("parcels.seq");

        redrive("{\"seq\": []}").then().statusCode(200).body("redriven", equalTo(0));
        redrive("{\"seq\": [%d, %d, 999999999]}".formatted(seqs.get(0), seqs.get(2)))
                .then()
                .body("redriven", equalTo(2));

        await("they are delivered", () -> Leaving.count(peer.address(), "octets is null") == 2);
        assertThat(list("").getList("parcels.seq")).containsExactly(seqs.get(1));
    }

    @Test
    void isForOperators() {
        RelayUnderTest.stranger().get("/admin/dead-letters").then().statusCode(401);
        RelayUnderTest.door().as("proxy-service").get("/admin/dead-letters").then().statusCode(403);
        RelayUnderTest.stranger()
                .contentType("application/json")
                .body("{}")
                .post("/admin/dead-letters/redrive")
                .then()
                .statusCode(401);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        operator().get("/admin/dead-letters?max=0").then().statusCode(400);
        operator().get("/admin/dead-letters?max=1001").then().statusCode(400);
        operator().get("/admin/dead-letters?max=x").then().statusCode(400);
        operator()
                .urlEncodingEnabled(false)
                .get("/admin/dead-letters?peer=%00")
                .then()
                .statusCode(400);
        redrive("{\"peer\": \"\"}").then().statusCode(400);
        redrive("{\"seq\": [null]}").then().statusCode(400);
        redrive("{\"seq\": 1}").then().statusCode(400);
        redrive("[]").then().statusCode(400);
        redrive("").then().statusCode(400);
    }
}
