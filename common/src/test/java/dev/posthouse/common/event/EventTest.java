package dev.posthouse.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
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
    };

    @ParameterizedTest
    @CsvSource({
        "0, csr.accepted, proxy.csr-accepted",
        "1, csr.forwarded, proxy.csr-forwarded",
        "2, certificate.issued, ca.certificate-issued",
        "3, certificate.refused, ca.certificate-refused",
        "4, certificate.stored, repository.certificate-stored",
        "5, certificate.collected, repository.certificate-collected",
    })
    void goesToTheTopicOfItsType(int which, String type, String topic) {
        Event<Event.Data> event = Event.of(ALL[which], NOW);

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.topic()).isEqualTo(topic);
        assertThat(event.subject()).isEqualTo("h");
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
