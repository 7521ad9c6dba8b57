package dev.posthouse.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator's view of private gateways. */
@QuarkusTest
class GatewaysResourceTest {

    private static final TestPki.Identity ADA =
            TestPki.shared().leaf("ada").uri("spiffe://posthouse.local/operator/ada").build();

    private final String gateway = GatewaysTest.someone().text();

    private static RequestSpecification operator() {
        return RelayUnderTest.door().with(ADA.context());
    }

    private static Response order(String id, String what) {
        return operator().urlEncodingEnabled(false).post("/admin/gateways/" + id + "/" + what);
    }

    private static JsonPath list(String query) {
        return operator()
                .get("/admin/gateways?" + query)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .jsonPath();
    }

    private static Map<String, Object> find(String id) {
        return list("max=1000").getMap("gateways.find { it.id == '" + id + "' }");
    }

    @Test
    void listsThoseThatRegisteredAndThoseInTheSettings() {
        TestDatabase.change("insert into gateway (id, registered) values (?, now())", gateway);

        assertThat(find(gateway)).containsOnlyKeys("id", "registered");
        assertThat(find(RelayUnderTest.PRIVATE_GATEWAY)).containsOnlyKeys("id");
    }

    @Test
    void listsThemByPages() {
        String last = "0" + "f".repeat(60);
        for (int i = 1000; i < 1005; i++) {
            TestDatabase.change("insert into gateway (id, registered) values (?, now())", last + i);
        }

        JsonPath first = list("max=2&after=" + last + "0999");
        JsonPath second = list("max=2&after=" + first.getString("next"));
        JsonPath third = list("max=2&after=" + second.getString("next"));

        assertThat(first.getList("gateways.id")).containsExactly(last + "1000", last + "1001");
        assertThat(second.getList("gateways.id")).containsExactly(last + "1002", last + "1003");
        assertThat(third.getList("gateways.id")).containsExactly(last + "1004");
        assertThat(third.getString("next")).isNull();
        TestDatabase.change("delete from gateway where id like ?", last + "%");
    }

    @Test
    void revokesAndReadmits() {
        TestDatabase.change("insert into gateway (id, registered) values (?, now())", gateway);

        order(gateway, "revoke").then().statusCode(204);
        assertThat(find(gateway)).containsOnlyKeys("id", "registered", "revoked");

        order(gateway, "readmit").then().statusCode(204);
        assertThat(find(gateway)).containsOnlyKeys("id", "registered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"revoke", "readmit"})
    void refusesWhatIsNoId(String what) {
        order("0abc", what).then().statusCode(400).body("code", equalTo("gateway.id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max=0", "max=1001", "max=ten", "max=99999999999999999999"})
    void refusesTooMany(String query) {
        operator()
                .get("/admin/gateways?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("query.max"));
    }

    @Test
    void refusesToBeginAfterWhatIsNoId() {
        operator().get("/admin/gateways?after=x").then().statusCode(400);
    }

    @Test
    void isForOperators() {
        RelayUnderTest.stranger().get("/admin/gateways").then().statusCode(401);
        RelayUnderTest.stranger()
                .post("/admin/gateways/" + gateway + "/revoke")
                .then()
                .statusCode(401);
        RelayUnderTest.door().as("proxy-service").get("/admin/gateways").then().statusCode(403);
    }
}
