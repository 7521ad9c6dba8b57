package dev.posthouse.common.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.posthouse.common.event.CsrAccepted;
import dev.posthouse.common.event.CsrForwarded;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.outbox.OutboxRelay.Progress;
import dev.posthouse.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The outbox and its relay on real PostgreSQL. */
final class OutboxTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final List<OutboxMessage> sent = new ArrayList<>();

    @BeforeEach
    void migrateTwice() throws IOException, SQLException {
        dataSource.setUrl(TestPostgres.database("outbox_test"));
        try (InputStream migration = getClass().getResourceAsStream("/db/outbox/R__outbox.sql")) {
            String sql = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            execute(sql);
            execute(sql);
        }
        execute("delete from outbox");
        execute("delete from outbox_lease");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Outbox outbox() {
        return new Outbox(dataSource, JSON, () -> "00-1-2-01");
    }

    private OutboxRelay relay(
            Duration lease, int batch, Function<List<OutboxMessage>, Collection<Long>> sink) {
        return new OutboxRelay(dataSource, lease, batch, sink);
    }

    private Collection<Long> acknowledge(List<OutboxMessage> messages) {
        sent.addAll(messages);
        return ids(messages);
    }

    private static Set<Long> ids(List<OutboxMessage> messages) {
        Set<Long> ids = new HashSet<>();
        messages.forEach(message -> ids.add(message.id()));
        return ids;
    }

    private static Event<CsrAccepted> accepted(String key) {
        return Event.of(new CsrAccepted(key, "c"), NOW);
    }

    private static Event<CsrForwarded> forwarded(String key) {
        return Event.of(new CsrForwarded(key, "accepted", null), NOW);
    }

    @Test
    void sendsWhatWasAddedAndForgetsIt() {
        outbox().add(accepted("a"));

        assertThat(relay(Duration.ofSeconds(30), 10, this::acknowledge).relay())
                .isEqualTo(Progress.ALL);

        OutboxMessage message = sent.getFirst();
        assertThat(message.topic()).isEqualTo("proxy.csr-accepted");
        assertThat(message.key()).isEqualTo("a");
        assertThat(message.traceparent()).isEqualTo("00-1-2-01");
        assertThat(message.body()).contains("\"type\":\"csr.accepted\"").contains("2026-11-22T");
        assertThat(relay(Duration.ofSeconds(30), 10, this::acknowledge).relay())
                .isEqualTo(Progress.NONE);
    }

    @Test
    void addsNothingForNoEvents() {
        outbox().addAll(List.of());

        assertThat(relay(Duration.ZERO, 1, this::acknowledge).backlog().depth()).isZero();
    }

    @Test
    void isPartOfTheCallersTransaction() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            new Outbox(OneConnection.of(connection), JSON, () -> null).add(accepted("a"));
            connection.rollback();
        }

        assertThat(relay(Duration.ofSeconds(30), 10, this::acknowledge).relay())
                .isEqualTo(Progress.NONE);
    }

    @Test
    void keepsTheOrderOfEachKey() {
        outbox().addAll(List.of(accepted("a"), forwarded("a"), accepted("b")));
        OutboxRelay relay = relay(Duration.ofSeconds(30), 10, this::acknowledge);

        relay.relay();

        assertThat(sent)
                .extracting(message -> message.key() + " " + message.topic())
                .containsExactly(
                        "a proxy.csr-accepted", "b proxy.csr-accepted", "a proxy.csr-forwarded");
    }

    @Test
    void sendsNothingWhileAnotherReplicaDoes() {
        outbox().addAll(List.of(accepted("a"), forwarded("a")));
        List<List<OutboxMessage>> other = new ArrayList<>();
        OutboxRelay first =
                relay(
                        Duration.ofSeconds(30),
                        10,
                        messages -> {
                            // While this replica waits for the broker, another one looks.
                            relay(
                                            Duration.ofSeconds(30),
                                            10,
                                            theirs -> {
                                                other.add(theirs);
                                                return ids(theirs);
                                            })
                                    .relay();
                            return ids(messages);
                        });

        first.relay();

        assertThat(other).isEmpty();
    }

    @Test
    void keepsWhatTheBrokerDidNotAcknowledge() {
        outbox().addAll(List.of(accepted("a"), accepted("b")));
        OutboxRelay failing =
                relay(Duration.ofSeconds(30), 10, messages -> List.of(messages.getFirst().id()));

        assertThat(failing.relay()).isEqualTo(Progress.NONE);
        failing.release();
        assertThat(relay(Duration.ofSeconds(30), 10, this::acknowledge).relay())
                .isEqualTo(Progress.ALL);

        assertThat(sent).extracting(OutboxMessage::key).containsExactly("b");
    }

    @Test
    void sendsAgainWhatACrashedSenderHadClaimed() {
        outbox().add(accepted("a"));
        OutboxRelay crashing =
                relay(
                        Duration.ofMillis(50),
                        10,
                        messages -> {
                            throw new IllegalStateException("kill -9");
                        });
        assertThatThrownBy(crashing::relay).hasMessage("kill -9");
        assertThat(relay(Duration.ofSeconds(30), 10, this::acknowledge).relay())
                .isEqualTo(Progress.NONE);

        pause(100);
        relay(Duration.ofSeconds(30), 10, this::acknowledge).relay();

        assertThat(sent).extracting(OutboxMessage::key).containsExactly("a");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void letsTheNextOneSendAtOnceWhenItIsReleased() {
        outbox().add(accepted("a"));
        OutboxRelay leaving = relay(Duration.ofSeconds(30), 10, messages -> List.of());
        OutboxRelay next = relay(Duration.ofSeconds(30), 10, this::acknowledge);
        leaving.relay();
        assertThat(next.relay()).isEqualTo(Progress.NONE);

        leaving.release();

        assertThat(next.relay()).isEqualTo(Progress.ALL);
    }

    /** Stopped for longer than its lease, say, by a full disk or a debugger. */
    @Test
    void sendsTwiceWhatASenderHasUnderWayThatOutlivesItsLease() {
        outbox().addAll(List.of(accepted("a"), accepted("b")));
        OutboxRelay next = relay(Duration.ofSeconds(30), 10, this::acknowledge);
        OutboxRelay slow =
                relay(
                        Duration.ofMillis(50),
                        10,
                        messages -> {
                            pause(100);
                            assertThat(next.relay()).isEqualTo(Progress.ALL);
                            outbox().add(accepted("c"));
                            return ids(messages);
                        });

        slow.relay();

        assertThat(sent).extracting(OutboxMessage::key).containsExactly("a", "b");
        assertThat(slow.backlog().depth()).isEqualTo(1);
        assertThat(slow.relay()).isEqualTo(Progress.NONE);
        assertThat(next.relay()).isEqualTo(Progress.ALL);
        assertThat(sent).extracting(OutboxMessage::key).containsExactly("a", "b", "c");
    }

    @Test
    void takesNoLeaseForNothing() throws SQLException {
        relay(Duration.ofSeconds(30), 10, this::acknowledge).relay();

        assertThat(count("outbox_lease")).isZero();
    }

    @Test
    void claimsNoMoreThanABatch() {
        outbox().addAll(List.of(accepted("a"), accepted("b"), accepted("c")));

        relay(Duration.ofSeconds(30), 2, this::acknowledge).relay();

        assertThat(sent).hasSize(2);
    }

    @Test
    void tellsHowMuchWaitsAndSinceWhen() throws SQLException {
        OutboxRelay relay = relay(Duration.ofSeconds(30), 10, this::acknowledge);
        assertThat(relay.backlog()).isEqualTo(new OutboxRelay.Backlog(0, Duration.ZERO));
        outbox().addAll(List.of(accepted("a"), accepted("b")));
        execute("update outbox set created_at = now() - interval '1 minute' where key = 'a'");

        OutboxRelay.Backlog backlog = relay.backlog();

        assertThat(backlog.depth()).isEqualTo(2);
        assertThat(backlog.age()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
    }

    @Test
    void saysSoWhenTheDatabaseIsNoHelp() throws SQLException {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none");

        assertThatThrownBy(() -> new Outbox(nowhere, JSON, () -> null).add(accepted("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(SQLException.class);
        OutboxRelay relay = new OutboxRelay(nowhere, Duration.ZERO, 1, this::acknowledge);
        assertThatThrownBy(relay::relay).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(relay::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(relay::backlog).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void losesNothingWhenSeveralRelaysWorkAtOnce() throws Exception {
        List<Event<CsrAccepted>> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(accepted("key-" + i));
        }
        outbox().addAll(events);
        List<OutboxMessage> all = java.util.Collections.synchronizedList(new ArrayList<>());
        Runnable drain =
                () -> {
                    OutboxRelay relay =
                            relay(
                                    Duration.ofSeconds(30),
                                    7,
                                    messages -> {
                                        all.addAll(messages);
                                        return ids(messages);
                                    });
                    while (relay.backlog().depth() > 0) {
                        relay.relay();
                    }
                };
        Thread one = Thread.ofVirtual().start(drain);
        Thread two = Thread.ofVirtual().start(drain);
        one.join();
        two.join();

        assertThat(all).extracting(OutboxMessage::key).hasSize(200).doesNotHaveDuplicates();
        assertThat(count("outbox")).isZero();
    }

    private long count(String table) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
