package dev.posthouse.common.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Hands a batch to Kafka and waits for its acknowledgements. While the broker is away a batch fails
 * after a bounded wait, is logged, and stays in the outbox.
 *
 * <p>In a topic none of a key's arrives that comes behind one that did not. Kafka itself would send
 * on: so the producer ends with the first that fails, before what waits behind it leaves.
 */
public final class KafkaSink
        implements Function<List<OutboxMessage>, Collection<Long>>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KafkaSink.class.getName());

    private final Map<String, Object> settings;
    private volatile Producer<String, String> producer;
    private volatile boolean ended;

    /**
     * @param broker how the broker is reached: {@code bootstrap.servers}, security
     */
    public KafkaSink(Map<String, Object> broker) {
        settings = new HashMap<>(broker);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A round gives up within ten seconds: the outbox is the retry.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
    }

    /** Made when first needed: a broker whose name does not resolve yet must not stop a start. */
    private Producer<String, String> producer() {
        if (producer == null) {
            producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        }
        return producer;
    }

    @Override
    public Collection<Long> apply(List<OutboxMessage> messages) {
        List<Future<?>> sends = new ArrayList<>(messages.size());
        Set<Long> acknowledged = new HashSet<>();
        try {
            send(messages, sends);
        } catch (KafkaException away) {
            LOG.log(System.Logger.Level.WARNING, "Kafka takes no events: {0}", away.getMessage());
        }
        for (int i = 0; i < sends.size(); i++) {
            if (arrived(sends.get(i))) {
                acknowledged.add(messages.get(i).id());
            }
        }
        logUnsent(messages.size() - acknowledged.size(), sends);
        if (ended) {
            close();
            producer = null;
            ended = false;
        }
        return acknowledged;
    }

    private void send(List<OutboxMessage> messages, List<Future<?>> sends) {
        Callback told = hasRuns(messages) ? this::endBehind : null;
        for (OutboxMessage message : messages) {
            if (ended) {
                return;
            }
            Future<?> send;
            try {
                send = producer().send(record(message), told);
            } catch (IllegalStateException endedMeanwhile) {
                return;
            }
            sends.add(send);
            if (hasWaitedInVain(send)) {
                // So would each of the others; what the broker will not have is another matter.
                return;
            }
        }
    }

    /** Whether any key has several. */
    private static boolean hasRuns(List<OutboxMessage> messages) {
        Set<String> keys = new HashSet<>();
        return !messages.stream().allMatch(message -> keys.add(message.key()));
    }

    /** Told by the thread that sends: nothing leaves meanwhile, and after this nothing at all. */
    private void endBehind(RecordMetadata arrived, Exception failure) {
        if (failure != null && !ended) {
            ended = true;
            producer.close(Duration.ZERO);
        }
    }

    private static boolean hasWaitedInVain(Future<?> send) {
        return send.state() == Future.State.FAILED
                && send.exceptionNow() instanceof RetriableException;
    }

    /** One line a round: thousands may wait. */
    private static void logUnsent(int unsent, List<Future<?>> sends) {
        sends.stream()
                .filter(send -> send.state() == Future.State.FAILED)
                .findFirst()
                .ifPresent(send ->
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "{0} events stay in the outbox: {1}",
                                unsent,
                                send.exceptionNow().getMessage()));
    }

    private static ProducerRecord<String, String> record(OutboxMessage message) {
        var record = new ProducerRecord<>(message.topic(), message.key(), message.body());
        record.headers().add("content-type", utf8("application/cloudevents+json"));
        if (message.traceparent() != null) {
            record.headers().add("traceparent", utf8(message.traceparent()));
        }
        return record;
    }

    private static boolean arrived(Future<?> send) {
        try {
            send.get();
            return true;
        } catch (ExecutionException unsent) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
