package dev.posthouse.common.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Where a use case leaves its events: rows inserted in the caller's transaction, so that a fact and
 * its event are committed together or not at all. {@link OutboxRelay} sends them afterwards.
 */
public final class Outbox {

    private static final String INSERT =
            "insert into outbox (topic, key, body, traceparent) values (?, ?, ?, ?)";

    private final DataSource dataSource;
    private final ObjectMapper json;
    private final Supplier<String> traceparent;

    /**
     * @param dataSource the service's, enlisted in the caller's transaction
     * @param json writes instants as text
     * @param traceparent the current W3C trace context, or null when there is none
     */
    public Outbox(DataSource dataSource, ObjectMapper json, Supplier<String> traceparent) {
        this.dataSource = dataSource;
        this.json = json;
        this.traceparent = traceparent;
    }

    /**
     * A row of {@code outbox (topic, key, body, traceparent)}.
     *
     * @param topic of Kafka
     * @param key what must stay in order
     * @param body the event as JSON
     * @param traceparent the W3C trace context it belongs to, or null when there is none
     */
    public record Row(String topic, String key, String body, String traceparent) {}

    /** The row of an event, for a statement of the caller's that inserts it with the fact. */
    public Row row(Event<?> event) {
        return row(event, traceparent.get());
    }

    private Row row(Event<?> event, String traceparent) {
        try {
            return new Row(
                    event.topic(), event.subject(), json.writeValueAsString(event), traceparent);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("An event cannot be written", failure);
        }
    }

    /** Adds one event to the caller's transaction. */
    public void add(Event<?> event) {
        addAll(List.of(event));
    }

    /** Adds events to the caller's transaction, in one batch. */
    public void addAll(List<? extends Event<?>> events) {
        String current = traceparent.get();
        addAll(events, event -> current);
    }

    /** The same, each event under the trace context it belongs to, which may be null. */
    public void addAll(
            List<? extends Event<?>> events, Function<? super Event<?>, String> traceparentOf) {
        if (events.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Event<?> event : events) {
                Row row = row(event, traceparentOf.apply(event));
                insert.setString(1, row.topic());
                insert.setString(2, row.key());
                insert.setString(3, row.body());
                insert.setString(4, row.traceparent());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException failure) {
            throw new IllegalStateException("The outbox cannot be written", failure);
        }
    }
}
