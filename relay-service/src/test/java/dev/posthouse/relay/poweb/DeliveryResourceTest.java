package dev.posthouse.relay.poweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeCertificates;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.testing.Await;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPostgres;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A private gateway delivers parcels (PoHTTP, section 11.1). */
@QuarkusTest
class DeliveryResourceTest {

    private static final String PARCEL = "application/vnd.awala.parcel";
    private static final String NOT_VALID = "The countersignature is not valid.";
    private static final String NOT_SERVED =
            "The countersignature is not by a private gateway that is served here.";
    private static final String NEEDED = "A parcel is delivered with one countersignature.";

    private final TestGateway gateway = TestGateway.ofTheVectors();

    @Inject OwnIdentity us;
    @Inject MovedClock clock;

    private Response deliver(byte[] parcel) {
        return deliver(parcel, "Relaynet-Countersignature " + gateway.countersign(parcel));
    }

    private static Response deliver(byte[] parcel, String... authorization) {
        RequestSpecification call = RelayUnderTest.stranger().contentType(PARCEL).body(parcel);
        for (String header : authorization) {
            call.header("Authorization", header);
        }
        return call.post("/v1/parcels");
    }

    private static void assertRefused(Response response, int status, String message) {
        assertThat(response.jsonPath().getString("message")).isEqualTo(message);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).isEqualTo("application/json");
        assertThat(response.header("WWW-Authenticate"))
                .isEqualTo("Awala-Countersignature, Relaynet-Countersignature");
    }

    private static String count(String table) {
        return TestDatabase.ask("select count(*) from " + table);
    }

    @AfterEach
    void forget() {
        TestDatabase.change("delete from parcel where gateway = ?", RelayUnderTest.PRIVATE_GATEWAY);
        TestDatabase.change(
                "delete from outbound where gateway = ?", RelayUnderTest.PRIVATE_GATEWAY);
        TestDatabase.change("delete from gateway where id = ?", RelayUnderTest.PRIVATE_GATEWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid", "valid-no-internet-address", "legacy-b-valid"})
    void keepsWhatIsForOurEndpoints(String name) {
        byte[] parcel = TestGateway.parcel(name);

        Response response = deliver(parcel);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.asByteArray()).isEmpty();
        assertThat(
                        TestDatabase.ask(
                                "select count(*) from parcel where gateway = ? and octets = ?",
                                RelayUnderTest.PRIVATE_GATEWAY,
                                parcel))
                .isEqualTo("1");
        assertThat(deliver(parcel).statusCode()).isEqualTo(202);
    }

    @Test
    void sendsOnWhatIsForAnotherNode() {
        byte[] parcel = TestGateway.parcel("other-internet-address");

        assertThat(deliver(parcel).statusCode()).isEqualTo(202);

        assertThat(
                        TestDatabase.ask(
                                "select peer from outbound where gateway = ? and digest = sha256(?)",
                                RelayUnderTest.PRIVATE_GATEWAY,
                                parcel))
                .isEqualTo("somewhere-else.example.org");
    }

    /** The clients' whole time limit (section 8). */
    @ParameterizedTest
    @CsvSource({"valid, parcel", "other-internet-address, outbound"})
    void isAnsweredInTimeThoughTheDatabaseIsNot(String name, String table) throws SQLException {
        byte[] parcel = TestGateway.parcel(name);
        String authorization = "Relaynet-Countersignature " + gateway.countersign(parcel);
        try (Connection other = TestPostgres.connect(TestPostgres.database("posthouse_relay"));
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table " + table + " in access exclusive mode");
            long begun = System.nanoTime();

            Response late = deliver(parcel, authorization);

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(3));
            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.header("Retry-After")).isNotNull();
        }
        assertThat(deliver(parcel, authorization).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Relaynet-Countersignature ",
                "Awala-Countersignature ",
                "relaynet-countersignature   ",
                "AWALA-COUNTERSIGNATURE "
            })
    void readsEitherSpelling(String scheme) {
        byte[] parcel = TestGateway.parcel("valid");

        assertThat(deliver(parcel, scheme + gateway.countersign(parcel)).statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer abc",
                "Relaynet-Countersignature",
                "Relaynet-Countersignature =",
                "Relaynet-Countersignature abcde",
                "Relaynet-Countersignature !!!!",
                "Relaynet-Countersignature YQ== YQ==",
                "Relaynet-CCA YWJj"
            })
    void needsACountersignature(String authorization) {
        assertRefused(deliver(TestGateway.parcel("valid"), authorization), 401, NEEDED);
    }

    @Test
    void needsOneAlone() {
        byte[] parcel = TestGateway.parcel("valid");
        String one = "Awala-Countersignature " + gateway.countersign(parcel);

        assertRefused(deliver(parcel, one, one), 401, NEEDED);
        assertRefused(
                RelayUnderTest.stranger().contentType(PARCEL).body(parcel).post("/v1/parcels"),
                401,
                NEEDED);
    }

    @Test
    void refusesACountersignatureOverSomethingElse() {
        byte[] parcel = TestGateway.parcel("valid");
        String scheme = "Relaynet-Countersignature ";
        String handshake = "1.3.6.1.4.1.58708.0.3.1";

        assertRefused(
                deliver(parcel, scheme + gateway.countersign(TestGateway.parcel("valid-id-64"))),
                401,
                NOT_VALID);
        assertRefused(
                deliver(parcel, scheme + gateway.countersign(parcel, handshake, false)),
                401,
                NOT_VALID);
        assertRefused(
                deliver(parcel, scheme + gateway.countersign(parcel, TestGateway.DELIVERY, true)),
                401,
                NOT_VALID);
        assertRefused(deliver(parcel, scheme + "YWJj"), 401, NOT_VALID);
        assertThat(count("parcel where gateway = '" + RelayUnderTest.PRIVATE_GATEWAY + "'"))
                .isEqualTo("0");
    }

    @Test
    void refusesACountersignatureWithACertificateThatIsNotOurs() {
        byte[] parcel = TestGateway.parcel("valid");
        TestGateway endpoint = TestGateway.of("recipient-endpoint", "recipient-endpoint");
        KeyPair pair = new KeyPair(gateway.certificate().publicKey(), gateway.key());
        NodeCertificate own =
                NodeCertificates.issue(
                        pair,
                        pair.getPublic(),
                        NodeRole.PRIVATE_GATEWAY,
                        clock.instant(),
                        clock.instant().plusSeconds(3_600));
        TestGateway selfIssued = new TestGateway(gateway.key(), own);
        // Ours, but of nobody who is registered.
        TestGateway internetGateway = TestGateway.of("internet-gateway", "internet-gateway");
        for (TestGateway other : new TestGateway[] {endpoint, selfIssued, internetGateway}) {
            assertRefused(
                    deliver(parcel, "Relaynet-Countersignature " + other.countersign(parcel)),
                    401,
                    NOT_SERVED);
        }
    }

    @Test
    void refusesACertificateThatHasEnded() {
        byte[] parcel = TestGateway.parcel("valid");
        NodeCertificate ended = us.issueFor(gateway.certificate().publicKey(), clock.instant());
        String authorization =
                "Relaynet-Countersignature "
                        + new TestGateway(gateway.key(), ended).countersign(parcel);

        clock.during(
                Duration.ofDays(181),
                () -> assertRefused(deliver(parcel, authorization), 401, NOT_SERVED));
    }

    @Test
    void refusesAGatewayThatIsRevoked() {
        byte[] parcel = TestGateway.parcel("valid");
        TestDatabase.change(
                "insert into gateway (id, revoked) values (?, now())",
                RelayUnderTest.PRIVATE_GATEWAY);
        Await.await("it counts", () -> deliver(parcel).statusCode() == 401);

        assertRefused(deliver(parcel), 401, NOT_SERVED);
    }

    @ParameterizedTest
    @CsvSource({
        "empty, 400",
        "garbage, 400",
        "truncated, 400",
        "version-1, 400",
        "cargo-not-parcel, 400",
        "recipient-id-malformed, 400",
        "bad-signature, 422",
        "expired, 422",
        "future, 422",
        "wrong-recipient, 422",
        "unknown-recipient, 422",
        "self-issued-sender, 422",
        "authorisation-expired, 422",
        "other-gateway, 422"
    })
    void refusesBadParcels(String name, int status) {
        Response response = deliver(TestGateway.parcel(name));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.jsonPath().getString("message")).isNotBlank();
        assertThat(count("parcel where gateway = '" + RelayUnderTest.PRIVATE_GATEWAY + "'"))
                .isEqualTo("0");
    }

    @Test
    void refusesAnotherTypeBeforeAll() {
        RelayUnderTest.stranger()
                .contentType("application/octet-stream")
                .body(TestGateway.parcel("valid"))
                .post("/v1/parcels")
                .then()
                .statusCode(415);
    }
}
