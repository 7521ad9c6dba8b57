package dev.posthouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class TestKafkaTest {

    @Test
    void keepsWhatWasSentAcrossAnOutage() throws Exception {
        TestKafka.topics("kit.sent");
        TestKafka.topics("kit.sent");
        send("kit.sent", "before");

        TestKafka.stop();
        try {
            assertThatThrownBy(() -> send("kit.sent", "during")).isInstanceOf(Exception.class);
        } finally {
            TestKafka.start();
        }
        send("kit.sent", "after");

        assertThat(read("kit.sent", 2)).containsExactly("before", "after");
    }

    @Test
    void makesNoTopicThatNobodyAskedFor() {
        assertThatThrownBy(() -> send("kit.unheard-of", "x")).isInstanceOf(Exception.class);
    }

    private static void send(String topic, String value) throws Exception {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", TestKafka.bootstrapServers(),
                        "max.block.ms", "3000",
                        "delivery.timeout.ms", "3000",
                        "request.timeout.ms", "2000");
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> read(String topic, int count) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", TestKafka.bootstrapServers(),
                        "group.id", "kit",
                        "auto.offset.reset", "earliest");
        var values = new ArrayList<String>();
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> values.add(valueOf(r)));
            }
        }
        return values;
    }

    private static String valueOf(ConsumerRecord<String, String> sent) {
        return sent.value();
    }
}
