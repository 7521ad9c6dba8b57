package dev.posthouse.common.outbox;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.posthouse.common.event.CsrAccepted;
import dev.posthouse.common.event.Event;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.TestKafka;
import dev.posthouse.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** From the outbox to a real broker, and what happens without one. */
final class OutboxSenderTest {

    private static final String TOPIC = "proxy.csr-accepted";

    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void migrate() throws Exception {
        TestKafka.topics(TOPIC);
        dataSource.setUrl(TestPostgres.database("outbox_sender_test"));
        try (var migration = getClass().getResourceAsStream("/db/outbox/R__outbox.sql");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute("delete from outbox");
            statement.execute("delete from outbox_lease");
        }
    }

    private static Map<String, Object> broker(String address) {
        return Map.of("bootstrap.servers", address);
    }

    private void add(String... keys) {
        Outbox outbox =
                new Outbox(
                        dataSource,
                        new ObjectMapper().registerModule(new JavaTimeModule()),
                        () -> "00-aa-bb-01");
        for (String key : keys) {
            outbox.add(Event.of(new CsrAccepted(key, "c"), Instant.EPOCH));
        }
    }

    private static List<ConsumerRecord<String, String>> read(String key, int number) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", TestKafka.bootstrapServers(),
                        "group.id", UUID.randomUUID().toString(),
                        "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (found.size() < number && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(message -> {
                            if (message.key().startsWith(key)) {
                                found.add(message);
                            }
                        });
            }
        }
        return found;
    }

    @Test
    void sendsEventsWithTheirKeyTypeAndTrace() throws SQLException {
        String key = UUID.randomUUID().toString();
        add(key);

        try (OutboxSender sender = sender(broker(TestKafka.bootstrapServers()))) {
            ConsumerRecord<String, String> message = read(key, 1).getFirst();

            assertThat(message.value()).contains("\"type\":\"csr.accepted\"");
            assertThat(header(message, "content-type")).isEqualTo("application/cloudevents+json");
            assertThat(header(message, "traceparent")).isEqualTo("00-aa-bb-01");
            awaitEmpty(sender);
        }
    }

    private OutboxSender sender(Map<String, Object> broker) {
        return new OutboxSender(dataSource, broker, metrics);
    }

    private double shown(String gauge) {
        return metrics.get(gauge).gauge().value();
    }

    private static void awaitEmpty(OutboxSender sender) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (sender.backlog().depth() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(sender.backlog().depth()).isZero();
    }

    private void awaitLease() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            boolean taken = false;
            while (!taken && System.nanoTime() < end) {
                taken = statement.executeQuery("select 1 from outbox_lease").next();
            }
            assertThat(taken).isTrue();
        }
    }

    private static String header(ConsumerRecord<String, String> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void sendsWhatCameWhileTheBrokerWasAwayOnceItIsBack() {
        String key = UUID.randomUUID().toString();
        String address = TestKafka.bootstrapServers();
        TestKafka.stop();
        try (OutboxSender sender = sender(broker(address))) {
            add(key + "-1", key + "-2", key + "-3");
            assertThat(sender.backlog().depth()).isEqualTo(3);
            await("all are shown", () -> shown("posthouse.outbox.depth") == 3);
            await("they grow old", () -> shown("posthouse.outbox.age.seconds") >= 1);

            TestKafka.start();

            assertThat(read(key, 3)).hasSize(3);
        } finally {
            TestKafka.start();
        }
    }

    @Test
    void givesUpARoundInBoundedTimeHoweverManyWait() {
        List<OutboxMessage> many =
                IntStream.range(0, 500)
                        .mapToObj(i -> new OutboxMessage(i, TOPIC, "key-" + i, "{}", null))
                        .toList();
        try (KafkaSink nowhere = new KafkaSink(broker("127.0.0.1:" + Loopback.freePort()))) {
            long begun = System.nanoTime();

            Collection<Long> acknowledged = nowhere.apply(many);

            assertThat(acknowledged).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void sendsTheOthersWhenTheBrokerWillNotHaveOne() {
        String key = UUID.randomUUID().toString();
        List<OutboxMessage> messages =
                List.of(
                        new OutboxMessage(1, TOPIC, key + "-1", "x".repeat(2_000_000), null),
                        new OutboxMessage(2, TOPIC, key + "-2", "{}", null));
        try (KafkaSink sink = new KafkaSink(broker(TestKafka.bootstrapServers()))) {
            assertThat(sink.apply(messages)).containsExactly(2L);
        }
    }

    /** The broker's own limit is below what a producer finds too long. */
    @Test
    void sendsNothingBehindWhatTheBrokerWillNotHave() throws Exception {
        String narrow = "outbox.narrow";
        TestKafka.topics(narrow);
        limit(narrow, 10_000);
        String key = UUID.randomUUID().toString();
        List<OutboxMessage> run =
                List.of(
                        new OutboxMessage(1, narrow, key, "first", null),
                        new OutboxMessage(2, narrow, key, "x".repeat(20_000), null),
                        new OutboxMessage(3, narrow, key, "third", null));
        try (KafkaSink sink = new KafkaSink(broker(TestKafka.bootstrapServers()))) {
            assertThat(sink.apply(List.of(run.getFirst()))).containsExactly(1L);

            assertThat(sink.apply(run)).doesNotContain(2L, 3L);

            assertThat(TestKafka.records(narrow, key))
                    .isNotEmpty()
                    .extracting(ConsumerRecord::value)
                    .containsOnly("first");
            limit(narrow, 100_000);
            assertThat(sink.apply(run)).containsExactlyInAnyOrder(1L, 2L, 3L);
        }
    }

    private static void limit(String topic, int octets) throws Exception {
        try (Admin admin = Admin.create(broker(TestKafka.bootstrapServers()))) {
            ConfigEntry most = new ConfigEntry("max.message.bytes", Integer.toString(octets));
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                    List.of(new AlterConfigOp(most, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Test
    void leavesTheOutboxToOthersWhenItIsClosed() throws SQLException {
        String key = UUID.randomUUID().toString();
        try (OutboxSender away = sender(broker("kafka.invalid:9092"))) {
            add(key);
            awaitLease();
            assertThat(away.backlog().depth()).isEqualTo(1);
        }

        try (OutboxSender sender = sender(broker(TestKafka.bootstrapServers()))) {
            long begun = System.nanoTime();
            awaitEmpty(sender);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(9));
        }
    }

    @Test
    void keepsEventsWhenTheBrokersNameDoesNotResolve() {
        try (KafkaSink nowhere = new KafkaSink(broker("kafka.invalid:9092"))) {
            assertThat(nowhere.apply(List.of(new OutboxMessage(1, TOPIC, "k", "{}", null))))
                    .isEmpty();
        }
    }
}
