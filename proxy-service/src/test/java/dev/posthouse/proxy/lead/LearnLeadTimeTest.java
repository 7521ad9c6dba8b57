package dev.posthouse.proxy.lead;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.await;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.event.CertificateStored;
import dev.posthouse.common.event.Event;
import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.testing.TestKafka;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Certificates, section 8: lead_time is learned from what the repository says. */
@QuarkusTest
final class LearnLeadTimeTest {

    private static final String TOPIC = "repository.certificate-stored";
    private static final Instant ACCEPTED = Instant.parse("2026-11-22T10:00:00Z");

    @TestHTTPResource(tls = true)
    URI url;

    @Inject ObjectMapper json;
    @Inject LeadEstimate lead;

    private int advertised() {
        return new ProxyUnderTest(url)
                .post(sessionName(), address())
                .then()
                .statusCode(200)
                .extract()
                .path("lead_time");
    }

    private String stored(String id, Duration taken) throws Exception {
        Event<CertificateStored> event =
                Event.of(
                        new CertificateStored(
                                UUID.randomUUID().toString(), ACCEPTED, ACCEPTED.plus(taken)),
                        ACCEPTED.plus(taken));
        return json.writeValueAsString(event).replace(event.id(), id);
    }

    @Test
    void learnsFromEventsAndPassesOverWhatItCannotRead() throws Exception {
        try (FakeCa ca = new FakeCa();
                KafkaProducer<String, String> repository =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
                                new StringSerializer(),
                                new StringSerializer())) {
            await(() -> lead.age().isZero());
            assertThat(advertised()).isEqualTo(5);

            for (String garbage :
                    new String[] {
                        "garbage", "{}", "[]", "null", "{\"id\":\"a\",\"data\":{}}", "\u0000", null
                    }) {
                send(repository, garbage);
            }
            String id = UUID.randomUUID().toString();
            send(repository, stored(id, Duration.ofMillis(41_200)));

            await(() -> advertised() == 43);
            // The same event again is no new sample: ninety-nine quick ones would not outweigh two.
            send(repository, stored(id, Duration.ofMillis(41_200)));
            for (int i = 0; i < 99; i++) {
                send(repository, stored(UUID.randomUUID().toString(), Duration.ofMillis(900)));
            }
            await(() -> advertised() == 2);
            assertThat(ca.callers()).isNotEmpty();
        }
    }

    private static void send(KafkaProducer<String, String> repository, String event)
            throws Exception {
        ProducerRecord<String, String> message = new ProducerRecord<>(TOPIC, "k", event);
        // As the outbox says it: the connector must not take the event apart.
        message.headers()
                .add(
                        "content-type",
                        "application/cloudevents+json".getBytes(StandardCharsets.UTF_8));
        repository.send(message).get();
    }
}
