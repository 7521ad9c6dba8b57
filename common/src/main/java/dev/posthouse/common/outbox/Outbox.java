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
                insert.setString(1, event.topic());
                insert.setString(2, event.subject());
                insert.setString(3, json.writeValueAsString(event));
                insert.setString(4, traceparentOf.apply(event));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("The outbox cannot be written", failure);
        }
    }
}
