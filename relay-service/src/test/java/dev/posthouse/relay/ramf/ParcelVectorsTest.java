package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.relay.RelayException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parcel of the manifest, as the engine judges it; what its door judges is left out. */
final class ParcelVectorsTest {

    private static final int ACCEPTED = 202;
    private static final int DOOR = 415;

    private final ParcelCheck check = new ParcelCheck(Vectors.gateway(true));
    private final ParcelCheck withoutLegacy = new ParcelCheck(Vectors.gateway(false));

    static Stream<Named<JsonNode>> cases() {
        return Vectors.cases()
                .filter(row -> row.get("expect").get(0).asInt() != DOOR)
                .map(row -> Named.of(row.get("name").asText(), row));
    }

    static Stream<Named<JsonNode>> accepted() {
        return cases().filter(row -> preferred(row.getPayload()) == ACCEPTED);
    }

    static Stream<Named<JsonNode>> legacy() {
        return cases().filter(row -> isLegacy(row.getPayload()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedAsPreferred(JsonNode row) {
        assertThat(status(check, row)).isEqualTo(preferred(row));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedAlikeAgain(JsonNode row) {
        status(check, row);

        assertThat(status(check, row)).isEqualTo(preferred(row));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isJudgedWithoutLegacyFormats(JsonNode row) {
        int expected = isLegacy(row) ? 400 : preferred(row);

        assertThat(status(withoutLegacy, row)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isReadAsItsManifestSays(JsonNode row) {
        byte[] octets = octets(row);
        InboundParcel inbound = check.inbound(octets, Vectors.AT);
        Parcel parcel = inbound.parcel();

        assertThat(parcel.format()).hasToString(row.get("format").asText());
        assertThat(parcel.octets()).isSameAs(octets);
        assertThat(inbound.recipient()).isEqualTo(Vectors.id("recipientEndpoint"));
        assertThat(parcel.recipient().text()).isEqualTo(inbound.recipient().text());
        assertThat(inbound.privateGateway()).isEqualTo(Vectors.id("privateGateway"));
        Optional.ofNullable(row.get("parcel")).ifPresent(said -> assertSame(parcel, said));
    }

    private static void assertSame(Parcel parcel, JsonNode said) {
        assertThat(parcel.messageId()).isEqualTo(said.get("id").asText());
        assertThat(parcel.created()).isEqualTo(Instant.parse(said.get("created").asText()));
        assertThat(parcel.expires()).isEqualTo(Instant.parse(said.get("expires").asText()));
        assertThat(parcel.sender().text()).isEqualTo(said.get("sender").asText());
        assertThat(parcel.recipient().internetAddress())
                .isEqualTo(
                        Optional.ofNullable(said.get("recipient").get("internetAddress"))
                                .map(JsonNode::asText));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void goesOutAsWellAsItComesIn(JsonNode row) {
        byte[] octets = octets(row);

        assertThat(check.outbound(octets, Vectors.AT))
                .isEqualTo(check.inbound(octets, Vectors.AT).parcel());
        assertThat(check.isForUs(check.read(octets))).isTrue();
    }

    /** Who authorised whom is for the receiver to check. */
    @Test
    void goesOutWithoutAPathToUs() {
        byte[] octets = Vectors.parcel("self-issued-sender");

        assertThat(check.outbound(octets, Vectors.AT).sender())
                .isEqualTo(Vectors.id("senderEndpoint"));
    }

    @Test
    void isForAnotherGatewayWhereItSaysSo() {
        byte[] octets = Vectors.parcel("other-internet-address");

        assertThat(check.isForUs(check.read(octets))).isFalse();
        assertThat(check.outbound(octets, Vectors.AT).recipient().internetAddress())
                .contains("somewhere-else.example.org");
    }

    @ParameterizedTest
    @MethodSource("legacy")
    void hasThePassingOnTypeOfItsTime(JsonNode row) {
        Format format = Format.valueOf(row.get("format").asText());

        assertThat(format.contentType()).isEqualTo(row.get("contentType").asText());
    }

    private static int status(ParcelCheck check, JsonNode row) {
        try {
            check.inbound(octets(row), Vectors.AT);
            return ACCEPTED;
        } catch (RelayException refusal) {
            return refusal.status();
        }
    }

    private static int preferred(JsonNode row) {
        return row.get("expect").get(0).asInt();
    }

    private static boolean isLegacy(JsonNode row) {
        return row.get("tier").asText().equals("legacy");
    }

    private static byte[] octets(JsonNode row) {
        return Vectors.read(row.get("file").asText());
    }
}
