package dev.posthouse.ca;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.Await;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestKafka;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the CA has told Kafka. */
public final class TestEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestEvents() {}

    /** All records of a topic under a session's key, once none waits in the outbox. */
    public static List<ConsumerRecord<String, String>> of(String topic, TestCall call) {
        Await.await("its events are sent", () -> waiting(call) == 0);
        return TestKafka.records(topic, call.jtiHash());
    }

    /** A record's value. */
    public static JsonNode body(ConsumerRecord<String, String> record) {
        try {
            return JSON.readTree(record.value());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many events of a session still wait in the outbox. */
    public static int waiting(TestCall call) {
        return Integer.parseInt(
                TestDatabase.ask("select count(*) from outbox where key = ?", call.jtiHash()));
    }
}
