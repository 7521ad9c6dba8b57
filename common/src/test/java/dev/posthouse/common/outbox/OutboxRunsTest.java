package dev.posthouse.common.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.outbox.OutboxRelay.Progress;
import dev.posthouse.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Many messages of one key: sent in runs, and in order all the same. */
final class OutboxRunsTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void empty() throws IOException, SQLException {
        dataSource.setUrl(TestPostgres.database("outbox_runs_test"));
        try (InputStream migration = getClass().getResourceAsStream("/db/outbox/R__outbox.sql");
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
            statement.execute("delete from outbox");
            statement.execute("delete from outbox_lease");
        }
    }

    /** The bodies are the numbers from {@code first} on. */
    private void add(String key, int first, int number) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into outbox (topic, key, body) select 't', ?, n"
                                        + " from generate_series(?, ?) n")) {
            insert.setString(1, key);
            insert.setInt(2, first);
            insert.setInt(3, first + number - 1);
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private OutboxRelay relay(int batch, Function<List<OutboxMessage>, Collection<Long>> sink) {
        return new OutboxRelay(dataSource, LEASE, batch, sink);
    }

    private Collection<Long> acknowledge(List<OutboxMessage> messages) {
        messages.forEach(message -> sent.add(message.key() + message.body()));
        return messages.stream().map(OutboxMessage::id).toList();
    }

    private Collection<Long> acknowledgeBut(List<OutboxMessage> messages, String lost) {
        acknowledge(messages);
        return messages.stream()
                .filter(message -> !(message.key() + message.body()).matches(lost))
                .map(OutboxMessage::id)
                .toList();
    }

    private long depth() {
        return relay(1, this::acknowledge).backlog().depth();
    }

    private static String[] numbers(String key, int first, int number) {
        String[] numbers = new String[number];
        for (int i = 0; i < number; i++) {
            numbers[i] = key + (first + i);
        }
        return numbers;
    }

    @Test
    void sendsARunOfOneKeyInARound() {
        add("a", 1, 120);

        assertThat(relay(100, this::acknowledge).relay()).isEqualTo(Progress.MORE);

        assertThat(sent).containsExactly(numbers("a", 1, 100));
        assertThat(depth()).isEqualTo(20);
    }

    @Test
    void sendsInTheOrderInWhichAllKeysCame() {
        add("a", 1, 3);
        add("b", 1, 3);
        add("a", 4, 3);

        relay(7, this::acknowledge).relay();

        assertThat(sent).containsExactlyInAnyOrder("a1", "a2", "a3", "b1", "b2", "b3", "a4");
    }

    @Test
    void sendsWhatIsBehindMoreStuckKeysThanABatchHolds() {
        for (char key = 'a'; key <= 'z'; key++) {
            add(String.valueOf(key), 1, 3);
        }
        OutboxRelay relay = relay(10, messages -> acknowledgeBut(messages, "[a-t].*"));

        for (int round = 0; round < 30; round++) {
            relay.relay();
        }

        for (char key = 'u'; key <= 'z'; key++) {
            assertThat(sent).contains(numbers(String.valueOf(key), 1, 3));
        }
        assertThat(depth()).isEqualTo(20 * 3);
    }

    /** Where none arrives the broker is away, or does not know the topic of the first. */
    @Test
    void triesTheOthersWhenTheFirstHasHeldUpAll() {
        add("a", 1, 2);
        add("b", 1, 2);
        OutboxRelay relay =
                relay(
                        10,
                        messages ->
                                messages.getFirst().key().equals("a")
                                        ? List.of()
                                        : acknowledge(messages));

        assertThat(relay.relay()).isEqualTo(Progress.NONE);
        relay.relay();

        assertThat(sent).containsExactly("b1", "b2");
    }

    @Test
    void triesAStuckKeyAgainOnceAllOthersAreSent() {
        add("a", 1, 2);
        add("b", 1, 25);
        boolean[] mended = new boolean[1];
        OutboxRelay relay = relay(10, messages -> acknowledgeBut(messages, mended[0] ? "-" : "a1"));

        relay.relay();
        mended[0] = true;
        for (int round = 0; round < 4; round++) {
            relay.relay();
        }

        assertThat(depth()).isZero();
        assertThat(firsts("a")).containsExactly("a1", "a2");
    }

    @Test
    void triesAStuckKeyAgainThoughThereAreAlwaysOthers() {
        add("a", 1, 1);
        boolean[] mended = new boolean[1];
        OutboxRelay relay = relay(2, messages -> acknowledgeBut(messages, mended[0] ? "-" : "a1"));
        add("b", 1, 500);

        relay.relay();
        mended[0] = true;
        int rounds = 0;
        while (sent.stream().filter("a1"::equals).count() < 2) {
            relay.relay();
            rounds++;
        }

        assertThat(rounds).isEqualTo(100);
        assertThat(depth()).isPositive();
    }

    @Test
    void sendsNothingBehindAHeadThatDoesNotArrive() {
        add("a", 1, 10);
        add("b", 1, 2);
        OutboxRelay relay = relay(100, messages -> acknowledgeBut(messages, "a1"));

        assertThat(relay.relay()).isEqualTo(Progress.NONE);
        relay.relay();
        relay.relay();

        assertThat(sent).containsExactly("a1", "b1", "b2", "a1");
        assertThat(depth()).isEqualTo(10);
    }

    @Test
    void sendsAgainWhatArrivedBehindOneThatDidNot() {
        add("a", 1, 5);

        OutboxRelay losing = relay(100, messages -> acknowledgeBut(messages, "a3"));
        losing.relay();
        losing.release();
        relay(100, this::acknowledge).relay();

        assertThat(sent).containsExactly("a1", "a2", "a3", "a4", "a5", "a3", "a4", "a5");
        assertThat(depth()).isZero();
    }

    @Test
    void leavesAKeyAloneWhileSomebodyElseHasARunOfIt() {
        add("a", 1, 10);
        List<String> others = new ArrayList<>();

        relay(
                        5,
                        messages -> {
                            relay(
                                            100,
                                            theirs -> {
                                                theirs.forEach(one -> others.add(one.key()));
                                                return List.of();
                                            })
                                    .relay();
                            return acknowledge(messages);
                        })
                .relay();

        assertThat(others).isEmpty();
        assertThat(sent).containsExactly(numbers("a", 1, 5));
    }

    /** Its id is the lowest, and nobody saw it when those behind it were sent. */
    @Test
    void sendsWhatIsCommittedLateBeforeWhatIsWrittenAfterIt() throws SQLException {
        OutboxRelay relay = relay(100, messages -> acknowledgeBut(messages, "z1"));
        try (Connection late = dataSource.getConnection();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("insert into outbox (topic, key, body) values ('t', 'a', '1')");
            add("b", 1, 3);
            add("z", 1, 1);
            relay.relay();
            late.commit();
        }
        add("a", 2, 200);

        relay.relay();

        assertThat(firsts("a")).startsWith("a1", "a2");
        assertThat(firsts("b")).containsExactly("b1", "b2", "b3");
    }

    @Test
    void keepsTheOrderOfEachKeyWhenTwoRelaysWorkAndSomeIsLost() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<String> keys = List.of("a", "b", "c");
        keys.forEach(key -> add(key, 1, 150));
        for (int i = 0; i < 2; i++) {
            Random random = new Random(20261122 + i);
            OutboxRelay relay = relay(20, messages -> lossy(messages, random));
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                while (depth() > 0) {
                                    if (relay.relay() == Progress.NONE) {
                                        relay.release();
                                    }
                                }
                            }));
        }
        keys.forEach(key -> add(key, 151, 150));
        for (Thread thread : threads) {
            thread.join();
        }

        for (String key : keys) {
            assertThat(firsts(key)).containsExactly(numbers(key, 1, 300));
        }
    }

    /** The broker loses the end of what is sent now and then. */
    private Collection<Long> lossy(List<OutboxMessage> messages, Random random) {
        return acknowledge(
                random.nextInt(4) == 0
                        ? messages.subList(0, random.nextInt(messages.size() + 1))
                        : messages);
    }

    private List<String> firsts(String key) {
        synchronized (sent) {
            return sent.stream().filter(text -> text.startsWith(key)).distinct().toList();
        }
    }

    @Test
    void claimsWhatItNeedsAndNoMoreOfAKeyWithThousands() {
        add("a", 1, 30_000);
        OutboxRelay relay = relay(500, this::acknowledge);
        long begun = System.nanoTime();

        int rounds = 0;
        while (relay.relay() == Progress.MORE) {
            rounds++;
        }

        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        System.Logger log = System.getLogger(getClass().getName());
        log.log(System.Logger.Level.INFO, "{0} rows per second", 30_000L * 1000 / millis);
        assertThat(rounds).isEqualTo(60);
        assertThat(sent).containsExactly(numbers("a", 1, 30_000));
    }

    @Test
    void hasDistinctKeysOnce() {
        for (int i = 0; i < 300; i++) {
            add("key-" + i + "-", 1, 1);
        }

        OutboxRelay relay = relay(70, this::acknowledge);
        while (relay.relay() != Progress.NONE) {
            // Until nothing is left.
        }

        assertThat(sent.stream().collect(Collectors.groupingBy(text -> text)).values())
                .hasSize(300)
                .allMatch(same -> same.size() == 1);
        assertThat(depth()).isZero();
    }
}
