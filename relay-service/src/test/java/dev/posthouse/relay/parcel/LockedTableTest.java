package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.RelayVectors;
import dev.posthouse.testing.TestPostgres;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 8: what senders hear of a database that does not answer. */
@QuarkusTest
class LockedTableTest {

    /** More than there are connections. */
    private static final int SENDERS = 12;

    private static final NodeId GATEWAY = NodeId.parse(RelayUnderTest.PRIVATE_GATEWAY);

    @Inject WaitingParcels waiting;
    @Inject DataSource dataSource;

    /** An answer, and how long it took. */
    private record Timed(Response answer, Duration took) {}

    private Connection other;

    @BeforeEach
    void lock() throws SQLException {
        // The first call of all takes seconds of its own, the caller's for the most part.
        post();
        TestQueue.empty(GATEWAY);
        other = TestPostgres.connect(TestPostgres.database("posthouse_relay"));
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("lock table parcel in access exclusive mode");
        }
    }

    @AfterEach
    void unlock() throws SQLException {
        other.close();
        TestQueue.empty(GATEWAY);
    }

    private static Response post() {
        return RelayUnderTest.stranger()
                .contentType("application/vnd.awala.parcel")
                .body(RelayVectors.parcel("valid"))
                .post("/");
    }

    private static Timed timed() {
        long begun = System.nanoTime();
        Response answer = post();
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static List<Timed> postAtOnce() throws Exception {
        List<Timed> answers = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Timed>> posts = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                posts.add(senders.submit(LockedTableTest::timed));
            }
            for (Future<Timed> post : posts) {
                answers.add(post.get());
            }
        }
        return answers;
    }

    @Test
    void sendsSendersAwayInTimeAndTakesTheirParcelsLater() throws Exception {
        List<Timed> answers = postAtOnce();

        assertThat(answers)
                .allSatisfy(timed -> {
                    assertThat(timed.answer().statusCode()).isEqualTo(503);
                    assertThat(timed.answer().header("Retry-After")).isNotNull();
                    assertThat(timed.took()).isLessThan(Duration.ofSeconds(3));
                });
        other.rollback();
        assertThat(post().statusCode()).isEqualTo(202);
        assertThat(waiting.besides(GATEWAY, Set.of(), 100)).hasSize(1);
    }

    @Test
    void keepsNoConnectionForWhoeverWaits() {
        assertThatThrownBy(
                        () -> {
                            try (Connection connection = dataSource.getConnection();
                                    Statement statement = connection.createStatement()) {
                                statement.execute("select seq from parcel limit 1");
                            }
                        })
                .isInstanceOfSatisfying(
                        SQLException.class,
                        locked -> {
                            assertThat(locked.getSQLState()).isEqualTo("55P03");
                            assertThat(DatabaseAway.in(locked)).isPresent();
                        });
    }
}
