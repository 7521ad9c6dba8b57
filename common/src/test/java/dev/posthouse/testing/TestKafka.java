package dev.posthouse.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The Kafka of this JVM's tests: the one that {@code POSTHOUSE_TEST_KAFKA} names ({@code
 * host:port}), else an embedded one that is started when first needed. Topics are made by {@link
 * #topics}, never by using them.
 */
public final class TestKafka {

    private TestKafka() {}

    /** {@code host:port}, for {@code kafka.bootstrap.servers}. */
    public static String bootstrapServers() {
        return server().getAddress();
    }

    /** Makes those of the topics that are missing. */
    public static void topics(String... names) {
        EmbeddedKafkaBroker.createTopics(bootstrapServers(), List.of(names));
    }

    /** All records under that key in a topic of one partition, in order. */
    public static List<ConsumerRecord<String, String>> records(String topic, String key) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(500)).forEach(found::add);
            }
        }
        found.removeIf(record -> !record.key().equals(key));
        return found;
    }

    /** Takes the broker away until {@link #start}. */
    public static void stop() {
        server().stop();
    }

    /** Brings the stopped broker back, on the same port and with the same data. */
    public static void start() {
        server().start();
    }

    private static TestServer server() {
        return SharedServer.get("kafka", TestKafka::given);
    }

    private static TestServer given() {
        String address = System.getenv("POSTHOUSE_TEST_KAFKA");
        return address == null ? embedded() : new ForeignServer(address);
    }

    private static TestServer embedded() {
        EmbeddedKafkaBroker broker =
                EmbeddedKafkaBroker.start(EmbeddedKafkaBroker.Options.forTests());
        return new TestServer() {
            @Override
            public String getAddress() {
                return broker.bootstrapServers();
            }

            @Override
            public void stop() {
                broker.stop();
            }

            @Override
            public void start() {
                broker.start();
            }
        };
    }
}
