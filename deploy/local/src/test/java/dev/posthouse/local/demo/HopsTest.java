package dev.posthouse.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.TestKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class HopsTest {

    private static final Map<String, String> TOPICS =
            Map.of(
                    "csr.accepted", "proxy.csr-accepted",
                    "csr.forwarded", "proxy.csr-forwarded",
                    "certificate.issued", "ca.certificate-issued",
                    "certificate.stored", "repository.certificate-stored",
                    "certificate.collected", "repository.certificate-collected");

    @Test
    void tellsTheWayInTheOrderOfTime() throws Exception {
        TestKafka.topics(TOPICS.values().toArray(String[]::new));
        Map<String, Object> settings = Map.of("bootstrap.servers", TestKafka.bootstrapServers());
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            send(producer, "certificate.collected", "/repository-service", "10:00:03.500Z");
            send(producer, "csr.forwarded", "/proxy-service", "10:00:00.120Z");
            send(producer, "certificate.issued", "/ca-service", "10:00:00.140Z");
            send(producer, "certificate.stored", "/repository-service", "10:00:00.200Z");
            send(producer, "csr.accepted", "/proxy-service", "10:00:00Z");
        }
        StringWriter text = new StringWriter();

        new Hops(TestKafka.bootstrapServers()).print(new PrintWriter(text, true));

        assertThat(text.toString().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("+ 0 ms proxy-service csr.accepted"),
                        line -> assertThat(line).startsWith("+ 120 ms proxy-service csr.forwarded"),
                        line ->
                                assertThat(line)
                                        .startsWith("+ 140 ms ca-service certificate.issued"),
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "+ 200 ms repository-service certificate.stored"),
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "+ 3500 ms repository-service certificate.collected"));
    }

    private static void send(
            KafkaProducer<String, String> producer, String type, String source, String time)
            throws Exception {
        String event =
                "{\"type\":\"%s\",\"source\":\"%s\",\"time\":\"2026-01-01T%s\"}"
                        .formatted(type, source, time);
        producer.send(new ProducerRecord<>(TOPICS.get(type), event)).get(10, TimeUnit.SECONDS);
    }
}
