package dev.posthouse.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.ca.CaUnderTest;
import dev.posthouse.ca.TestCall;
import dev.posthouse.ca.TestEvents;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.Await;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the CA tells Kafka: once, with hashes only, in the trace it belongs to. */
@QuarkusTest
final class AnnouncementsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private FakeRepository repository;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    @Test
    void tellsOfACertificate() {
        TestCall call = new TestCall();
        call.post().then().statusCode(200);
        repository.awaitOutcome(call.accessUrl());

        ConsumerRecord<String, String> record = only("ca.certificate-issued", call);

        JsonNode event = TestEvents.body(record);
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("certificate.issued");
        assertThat(event.path("source").asText()).isEqualTo("/ca-service");
        assertThat(event.path("subject").asText()).isEqualTo(call.jtiHash());
        assertThat(event.path("data").path("serial").asText())
                .isEqualTo(
                        TestDatabase.ask(
                                "select serial from certificate where jti = ?", call.jti()));
        assertThat(event.path("data").path("csr_hash").asText())
                .isEqualTo(call.recorded("csr_hash"));
        assertThat(event.path("data").has("not_after")).isTrue();
        assertThat(record.value())
                .doesNotContain(call.accessUrl())
                .doesNotContain(call.jti())
                .doesNotContain(call.sessionName());
    }

    @Test
    void tellsOfARefusal() {
        TestCall call = new TestCall().with("csr", "nonsense");
        call.post().then().statusCode(400);

        JsonNode event = TestEvents.body(only("ca.certificate-refused", call));

        assertThat(event.path("type").asText()).isEqualTo("certificate.refused");
        assertThat(event.path("data").path("code").asText()).isEqualTo("csr.pem");
        assertThat(TestEvents.of("ca.certificate-issued", call)).isEmpty();
    }

    @Test
    void staysInTheProxysTrace() {
        TestCall call = new TestCall();
        CaUnderTest.door()
                .with(CaUnderTest.PROXY)
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .contentType("application/json")
                .body(call.fields())
                .post("/csr")
                .then()
                .statusCode(200);

        var header = only("ca.certificate-issued", call).headers().lastHeader("traceparent");

        assertThat(new String(header.value(), StandardCharsets.US_ASCII)).contains(TRACE);
        repository.awaitOutcome(call.accessUrl());
        assertThat(repository.traces()).anyMatch(trace -> trace.contains(TRACE));
    }

    private static ConsumerRecord<String, String> only(String topic, TestCall call) {
        Await.await(
                "it is decided",
                () -> List.of("ISSUED", "REFUSED").contains(call.recorded("state")));
        List<ConsumerRecord<String, String>> records = TestEvents.of(topic, call);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }
}
