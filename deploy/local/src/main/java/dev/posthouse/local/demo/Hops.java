package dev.posthouse.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.local.process.LocalFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The way of a certificate, told by the events the services left on Kafka.
 *
 * @param bootstrapServers where Kafka is
 */
record Hops(String bootstrapServers) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final JsonMapper JSON = new JsonMapper();

    /** What each type of event means, and its topic. */
    private enum Step {
        ACCEPTED("csr.accepted", "proxy.csr-accepted", "checked and recorded the request"),
        FORWARDED("csr.forwarded", "proxy.csr-forwarded", "handed it to the CA"),
        ISSUED("certificate.issued", "ca.certificate-issued", "checked it again and signed"),
        STORED("certificate.stored", "repository.certificate-stored", "keeps the certificate"),
        COLLECTED(
                "certificate.collected",
                "repository.certificate-collected",
                "gave it to the device");

        private final String type;
        private final String topic;
        private final String meaning;

        Step(String type, String topic, String meaning) {
            this.type = type;
            this.topic = topic;
            this.meaning = meaning;
        }
    }

    /** One event. */
    private record Hop(Instant time, String source, String type) {

        static Hop parse(String event) {
            try {
                JsonNode json = JSON.readTree(event);
                return new Hop(
                        Instant.parse(json.path("time").asText()),
                        json.path("source").asText(),
                        json.path("type").asText());
            } catch (JsonProcessingException e) {
                throw new LocalFailure("an event is not JSON", e);
            }
        }

        private String service() {
            return source.substring(source.lastIndexOf('/') + 1);
        }
    }

    void print(PrintWriter out) {
        List<Hop> hops = read();
        Instant first = hops.getFirst().time();
        for (Hop hop : hops) {
            out.printf(
                    "   +%5d ms  %-19s %-22s %s%n",
                    Duration.between(first, hop.time()).toMillis(),
                    hop.service(),
                    hop.type(),
                    meaning(hop.type()));
        }
    }

    private static String meaning(String type) {
        for (Step step : Step.values()) {
            if (step.type.equals(type)) {
                return step.meaning;
            }
        }
        return "";
    }

    /** One event of each step, in the order of their times. */
    private List<Hop> read() {
        Map<String, Hop> found = new TreeMap<>();
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", "demo",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false");
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(topics());
            while (found.size() < Step.values().length) {
                if (System.nanoTime() > end) {
                    throw new LocalFailure("the services told only of " + found.keySet());
                }
                consumer.poll(Duration.ofMillis(200))
                        .forEach(message -> {
                            Hop hop = Hop.parse(message.value());
                            found.putIfAbsent(hop.type(), hop);
                        });
            }
        }
        List<Hop> hops = new ArrayList<>(found.values());
        hops.sort(Comparator.comparing(Hop::time));
        return hops;
    }

    private static Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        for (Step step : Step.values()) {
            topics.add(step.topic);
        }
        return topics;
    }
}
