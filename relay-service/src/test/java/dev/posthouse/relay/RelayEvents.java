package dev.posthouse.relay;

import static dev.posthouse.testing.Await.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestKafka;
import java.util.List;

/** What the service has told Kafka. */
public final class RelayEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RelayEvents() {}

    /** What the events of a topic say of a gateway or peer, once none waits in the outbox. */
    public static List<JsonNode> of(String topic, String subject) {
        await(
                "its events are sent",
                () ->
                        TestDatabase.ask("select count(*) from outbox where key = ?", subject)
                                .equals("0"));
        return TestKafka.records(topic, subject).stream()
                .map(record -> data(record.value()))
                .toList();
    }

    private static JsonNode data(String event) {
        try {
            return JSON.readTree(event).path("data");
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
