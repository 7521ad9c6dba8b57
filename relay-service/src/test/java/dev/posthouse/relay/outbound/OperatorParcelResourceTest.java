package dev.posthouse.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.ramf.TestParcel;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 7: an operator hands in a parcel for another node. */
@QuarkusTest
class OperatorParcelResourceTest {

    private static final String AWALA = "application/vnd.awala.parcel";

    /** Where the vector goes; nobody is there. */
    private static final String PEER = "somewhere-else.example.org";

    private static final TestPki.Identity OPERATOR =
            TestPki.shared().leaf("ola").uri("spiffe://posthouse.local/operator/ola").build();

    @BeforeEach
    @AfterEach
    void forget() {
        Leaving.forget(PEER);
    }

    private static byte[] vector(String name) throws IOException {
        return Files.readAllBytes(Path.of(RelayUnderTest.VECTORS, "parcels", name + ".bin"));
    }

    private static RequestSpecification operator() {
        return RelayUnderTest.door().with(OPERATOR.context());
    }

    private static Response post(String type, byte[] octets) {
        return operator().contentType(type).body(octets).post("/admin/parcels");
    }

    @ParameterizedTest
    @ValueSource(strings = {AWALA, "application/vnd.relaynet.parcel"})
    void takesAParcelForAnotherNode(String type) throws IOException {
        byte[] octets = vector("other-internet-address");

        String id = post(type, octets).then().statusCode(202).extract().path("id");

        assertThat(
                        TestDatabase.ask(
                                "select encode(octets, 'hex') from outbound"
                                        + " where encode(identity, 'hex') = ?",
                                id))
                .isEqualTo(HexFormat.of().formatHex(octets));
        assertThat(Leaving.waiting(PEER)).isEqualTo(1);
        post(AWALA, octets).then().statusCode(202).body("id", equalTo(id));
        assertThat(Leaving.waiting(PEER)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "valid, 403",
        "valid-no-internet-address, 403",
        "legacy-b-valid, 403",
        "garbage, 400",
        "empty, 400",
        "truncated, 400",
        "cargo-not-parcel, 400"
    })
    void refusesAnyOther(String name, int status) throws IOException {
        post(AWALA, vector(name))
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://peer.example/", "HTTP://127.0.0.1:8080/in"})
    void refusesWhatWouldGoInPlainHttp(String address) {
        post(AWALA, TestParcel.signed(address))
                .then()
                .statusCode(400)
                .body("detail", containsString("plain HTTP"));

        assertThat(Leaving.count(address, "true")).isZero();
    }

    /** The seed's way of writing an address means https. */
    @Test
    void takesWhatNamesItsBindingSo() {
        String address = "rng+http://" + PEER + "/";

        post(AWALA, TestParcel.signed(address)).then().statusCode(202);

        assertThat(Leaving.count(address, "peer = '" + PEER + "'")).isEqualTo(1);
        TestDatabase.change("delete from outbound where internet_address = ?", address);
    }

    @Test
    void refusesWhatWasTamperedWith() throws IOException {
        byte[] octets = vector("other-internet-address");
        octets[octets.length - 1] ^= 1;

        post(AWALA, octets).then().statusCode(403);

        assertThat(Leaving.waiting(PEER)).isZero();
    }

    @Test
    void refusesWhatIsTooLong() {
        post(AWALA, new byte[8_322_038]).then().statusCode(413);
    }

    @Test
    void refusesWhatIsNotSaidToBeAParcel() throws IOException {
        byte[] octets = vector("other-internet-address");

        post(ContentType.BINARY.toString(), octets).then().statusCode(415);
        operator()
                .contentType(AWALA)
                .header("Content-Encoding", "gzip")
                .body(octets)
                .post("/admin/parcels")
                .then()
                .statusCode(415);
    }

    @Test
    void isForOperators() throws IOException {
        byte[] octets = vector("other-internet-address");

        RelayUnderTest.stranger()
                .contentType(AWALA)
                .body(octets)
                .post("/admin/parcels")
                .then()
                .statusCode(401);
        RelayUnderTest.door()
                .as("proxy-service")
                .contentType(AWALA)
                .body(octets)
                .post("/admin/parcels")
                .then()
                .statusCode(403);
        assertThat(Leaving.waiting(PEER)).isZero();
    }
}
