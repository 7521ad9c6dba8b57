package dev.posthouse.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates, section 9: facts and their topics. */
final class EventTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private static final Event.Data[] ALL = {
        new CsrAccepted("h", "c"),
        new CsrForwarded("h", "refused", "csr.key.size"),
        new CertificateIssued("h", "0a", "c", NOW),
        new CertificateRefused("h", "c", "csr.key.size"),
        new CertificateStored("h", NOW, NOW),
        new CertificateCollected("h", NOW),
        new TokenGranted("h", NOW),
        new TokenRevoked("h", "superseded"),
        new TokenReceived("h", NOW),
        new TokenRefused("h"),
        new PacketAccepted("h", 1),
        new PacketRejected("h", "packet.sender"),
        new PacketSent("h", 1),
        new PacketDead("h", "m1", "refused"),
        new MessageReceived("h", "m1", 7, "{\"id\":\"m1\"}"),
        new ParcelAccepted("p", "h", 1),
        new ParcelCollected("p", "h"),
        new ParcelDelivered("p", "h"),
        new ParcelDead("p", "h", "403"),
        new ParcelExpired("p", "h"),
    };

    @ParameterizedTest
    @CsvSource({
        "0, csr.accepted, proxy.csr-accepted",
        "1, csr.forwarded, proxy.csr-forwarded",
        "2, certificate.issued, ca.certificate-issued",
        "3, certificate.refused, ca.certificate-refused",
        "4, certificate.stored, repository.certificate-stored",
        "5, certificate.collected, repository.certificate-collected",
        "6, token.granted, ymp.token-granted",
        "7, token.revoked, ymp.token-revoked",
        "8, token.received, ymp.token-received",
        "9, token.refused, ymp.token-refused",
        "10, packet.accepted, ymp.packet-accepted",
        "11, packet.rejected, ymp.packet-rejected",
        "12, packet.sent, ymp.packet-sent",
        "13, packet.dead, ymp.packet-dead",
        "14, message.received, ymp.message-received",
        "15, parcel.accepted, relay.parcel-accepted",
        "16, parcel.collected, relay.parcel-collected",
        "17, parcel.delivered, relay.parcel-delivered",
        "18, parcel.dead, relay.parcel-dead",
        "19, parcel.expired, relay.parcel-expired",
    })
    void goesToTheTopicOfItsType(int which, String type, String topic) {
        Event<Event.Data> event = Event.of(ALL[which], NOW);

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.topic()).isEqualTo(topic);
        assertThat(event.subject()).isEqualTo("h");
    }

    @Test
    void standsInTheContractWithEverythingItSays() throws Exception {
        String contract = Files.readString(Path.of("../docs/asyncapi.yaml"));

        assertThat(ALL).hasSameSizeAs(Event.Data.class.getPermittedSubclasses());
        for (Event.Data data : ALL) {
            String message = after(contract, "name: " + data.type() + "\n");
            assertThat(contract).contains("address: " + Event.of(data, NOW).topic() + "\n");
            assertThat(message).contains("type: { const: " + data.type() + " }");
            assertThat(JSON.readTree(JSON.writeValueAsString(data)).propertyStream())
                    .allSatisfy(field -> assertThat(message).contains(field.getKey() + ": "));
        }
    }

    /** What stands under a message, until the next one begins. */
    private static String after(String contract, String begin) {
        assertThat(contract).contains(begin);
        int at = contract.indexOf(begin) + begin.length();
        int next = contract.indexOf("\n      name: ", at);
        return contract.substring(at, next < 0 ? contract.length() : next);
    }

    @Test
    void isACloudEventInJson() throws Exception {
        Event<CsrAccepted> event = Event.of(new CsrAccepted("h", "c"), NOW);

        var json = JSON.readTree(JSON.writeValueAsString(event));

        assertThat(json.propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(
                        Set.of("specversion", "id", "source", "type", "subject", "time", "data"));
        assertThat(json.path("specversion").asText()).isEqualTo("1.0");
        assertThat(json.path("source").asText()).isEqualTo("/proxy-service");
        assertThat(json.path("data").propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrder("jti_hash", "csr_hash");
    }

    @Test
    void isReadAgainAsItWasWritten() throws Exception {
        Event<CertificateStored> event = Event.of(new CertificateStored("h", NOW, NOW), NOW);
        ObjectMapper consumer =
                JSON.copy()
                        .disable(
                                com.fasterxml.jackson.databind.DeserializationFeature
                                        .FAIL_ON_UNKNOWN_PROPERTIES);

        Event<CertificateStored> read =
                consumer.readValue(consumer.writeValueAsString(event), new TypeReference<>() {});

        assertThat(read).isEqualTo(event);
    }
}
