package dev.posthouse.relay.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeKey;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.relay.wire.Fields;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How we are reached (PoHTTP, section 11.1). */
@QuarkusTest
class ConnectionParametersResourceTest {

    @Inject OwnIdentity us;

    @ParameterizedTest
    @ValueSource(strings = {"/connection-params.der", "/v1/connection-params.der"})
    void tells(String path) {
        Response response =
                RelayUnderTest.stranger().accept("application/vnd.etsi.tsl.der").get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/vnd.etsi.tsl.der");
        assertThat(response.asByteArray())
                .isEqualTo(
                        Fields.none()
                                .text(RelayUnderTest.ADDRESS)
                                .octets(NodeKey.encode(us.publicKey()))
                                .structure(
                                        Fields.none()
                                                .octets(us.sessionKey().id())
                                                .octets(us.sessionKey().publicKey()))
                                .encoded());
    }

    @Test
    void takesNothing() {
        Response response = RelayUnderTest.stranger().post("/connection-params.der");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.header("Allow")).startsWith("GET");
        RelayUnderTest.stranger().head("/connection-params.der").then().statusCode(200);
    }
}
