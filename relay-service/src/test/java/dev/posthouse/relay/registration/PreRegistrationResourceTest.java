package dev.posthouse.relay.registration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.PssSignature;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.wire.Fields;
import dev.posthouse.relay.wire.ReadFields;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node is authorised to register (PoHTTP, section 11.1). */
@QuarkusTest
class PreRegistrationResourceTest {

    /** More than a minute allows, however slow the machine: a second allows one again. */
    private static final int MANY = 400;

    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final int PNRA_PREFIX = 4;

    @Inject MovedClock clock;

    private static NodeCertificate internetGateway() throws IOException {
        return NodeCertificate.parse(
                Files.readAllBytes(Path.of(RelayUnderTest.VECTORS, "certs/internet-gateway.der")));
    }

    @Test
    void authorisesOctetForOctet() throws IOException {
        Instant before = clock.instant();

        Response response = TestNode.preRegister(DIGEST);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Type"))
                .isEqualTo("application/vnd.awala.node-registration.authorization");
        byte[] pnra = response.asByteArray();
        // 30 82 length, 80 0e 14 digits, 81 30 digest and nonce, 82 82 0100 signature.
        assertThat(pnra).hasSize(PNRA_PREFIX + 2 + 14 + 2 + 48 + 4 + 256);
        assertThat(HexFormat.of().formatHex(pnra, 0, 6)).isEqualTo("30820146800e");
        assertThat(new String(pnra, 6, 14, US_ASCII)).matches("20\\d{12}");
        assertThat(HexFormat.of().formatHex(pnra, 20, 54)).isEqualTo("8130" + DIGEST);
        assertThat(HexFormat.of().formatHex(pnra, 70, 74)).isEqualTo("82820100");
        Instant expires = ReadFields.of(pnra, 3).time(0);
        assertThat(Duration.between(before, expires))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
        assertThat(expires).isBeforeOrEqualTo(clock.instant().plusSeconds(10));
        byte[] signed =
                HexFormat.of()
                        .parseHex(
                                "304f800b2b0601040183ca540002"
                                        + "00"
                                        + "810e"
                                        + HexFormat.of().formatHex(pnra, 6, 20)
                                        + "8230"
                                        + HexFormat.of().formatHex(pnra, 22, 70));
        assertThat(
                        PssSignature.SHA_256.verifies(
                                internetGateway().publicKey(),
                                signed,
                                Arrays.copyOfRange(pnra, 74, pnra.length)))
                .isTrue();
    }

    @Test
    void authorisesNobodyTwiceAlike() {
        byte[] first = ReadFields.of(TestNode.preRegister(DIGEST).asByteArray(), 3).octets(1);
        byte[] second = ReadFields.of(TestNode.preRegister(DIGEST).asByteArray(), 3).octets(1);

        assertThat(first).isNotEqualTo(second).startsWith(Arrays.copyOf(second, 32));
    }

    @Test
    void readsCapitalsAndTheSpecificationsPath() {
        Response response =
                TestNode.somebody()
                        .contentType("text/plain; charset=us-ascii")
                        .body(DIGEST.toUpperCase(Locale.ROOT).getBytes(US_ASCII))
                        .post("/v1/pre-registration");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(ReadFields.of(response.asByteArray(), 3).octets(1))
                .startsWith(HexFormat.of().parseHex(DIGEST));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 128, 16_000})
    void refusesAnotherLength(int length) {
        Response response = TestNode.preRegister("a".repeat(length));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.contentType()).isEqualTo("application/json");
        assertThat(response.jsonPath().getString("message"))
                .isEqualTo("The body is not a SHA-256 digest in hex.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "\n", "\0", " ", "\u0661"})
    void refusesWhatIsNoHex(String odd) {
        assertThat(TestNode.preRegister(DIGEST.substring(1) + odd).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesTooMuchAndAnotherType() {
        assertThat(TestNode.preRegister("a".repeat(16 * 1024 + 1)).statusCode()).isEqualTo(413);
        assertThat(
                        TestNode.somebody()
                                .contentType("application/json")
                                .body(DIGEST.getBytes(US_ASCII))
                                .post("/v1/pre-registrations")
                                .statusCode())
                .isEqualTo(415);
        assertThat(
                        TestNode.somebody()
                                .contentType("text/plain")
                                .header("Content-Encoding", "gzip")
                                .body(DIGEST.getBytes(US_ASCII))
                                .post("/v1/pre-registrations")
                                .statusCode())
                .isEqualTo(415);
    }

    @Test
    void answersItsMethodAlone() {
        Response response = TestNode.somebody().get("/v1/pre-registrations");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.header("Allow")).contains("POST");
    }

    @Test
    void isAskedSixtyTimesAMinuteFromOneAddress() {
        int taken = 0;
        while (taken < MANY && preRegisterFrom("203.0.113.77") != 429) {
            taken++;
        }

        assertThat(taken).isBetween(60, MANY - 1);
    }

    @Test
    void countsAWholeNetworkOfIpv6AsOneAddress() {
        int taken = 0;
        while (taken < MANY
                && preRegisterFrom("\"[2001:db8:7:7::%x]\"".formatted(taken + 1)) != 429) {
            taken++;
        }

        assertThat(taken).isBetween(60, MANY - 1);
    }

    private static int preRegisterFrom(String address) {
        return RelayUnderTest.stranger(address)
                .contentType("text/plain")
                .body(DIGEST.getBytes(US_ASCII))
                .post("/v1/pre-registrations")
                .statusCode();
    }

    @Test
    void isNoneOfTheStructuresItSigns() {
        // What a node countersigns is another structure, so that neither stands for the other.
        assertThat(RegistrationAuthorization.signed(Instant.EPOCH, new byte[48]))
                .isEqualTo(
                        Fields.none()
                                .identifier("1.3.6.1.4.1.58708.0.2.0")
                                .time(Instant.EPOCH)
                                .octets(new byte[48])
                                .encoded());
    }
}
