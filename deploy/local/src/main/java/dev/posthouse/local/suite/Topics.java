package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The services' topics: made where they are missing, as the broker makes them by default, and never
 * removed.
 *
 * @param broker where
 */
record Topics(Broker broker) {

    private static final Duration FOR_OURS = Duration.ofSeconds(30);
    private static final Duration FOR_GIVEN = Duration.ofSeconds(6);

    /** Makes those that are missing. */
    void make(Collection<String> names) {
        try (Admin admin = Admin.create(settings())) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing =
                    names.stream()
                            .filter(name -> !present.contains(name))
                            .map(name -> new NewTopic(name, Optional.empty(), Optional.empty()))
                            .toList();
            admin.createTopics(missing).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted", e);
        } catch (ExecutionException e) {
            explain(e.getCause(), names);
        } catch (KafkaException e) {
            explain(e.getCause() == null ? e : e.getCause(), names);
        }
    }

    private Map<String, Object> settings() {
        int patience = (int) (broker.ours() ? FOR_OURS : FOR_GIVEN).toMillis();
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "request.timeout.ms",
                patience / 2,
                "default.api.timeout.ms",
                patience);
    }

    private void explain(Throwable cause, Collection<String> names) {
        switch (cause) {
            case TopicExistsException madeMeanwhile -> {}
            case AuthorizationException refused ->
                    throw new LocalFailure(
                            "Kafka at %s does not let us make topics; let its administrator make %s"
                                    .formatted(broker.bootstrapServers(), String.join(", ", names)),
                            refused);
            default ->
                    throw new LocalFailure(
                            "Kafka at %s cannot be reached (%s): see %s"
                                    .formatted(
                                            broker.bootstrapServers(),
                                            cause.getMessage(),
                                            Broker.SERVERS),
                            cause);
        }
    }
}
