package dev.posthouse.repository;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestKafka;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the service has told Kafka. */
public final class TestEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TestEvents() {}

    /** All records of a topic under a session's key, once none waits in the outbox. */
    public static List<ConsumerRecord<String, String>> of(String topic, TestSession session) {
        await("the outbox is empty", () -> waiting(session).equals("0"));
        return TestKafka.records(topic, session.jtiHash());
    }

    /** The only event of that topic under a session's key. */
    public static JsonNode only(String topic, TestSession session) {
        List<ConsumerRecord<String, String>> records = of(topic, session);
        assertThat(records).hasSize(1);
        try {
            return JSON.readTree(records.getFirst().value());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many events of a session still wait in the outbox. */
    public static String waiting(TestSession session) {
        return TestDatabase.ask("select count(*) from outbox where key = ?", session.jtiHash());
    }
}
