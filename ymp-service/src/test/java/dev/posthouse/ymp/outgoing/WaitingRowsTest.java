package dev.posthouse.ymp.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.queue.DepthGauges.Depth;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.sending.Posts;
import dev.posthouse.ymp.sending.Receiver;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that is down with 20,000 messages waiting costs no more than one with a hundred. */
@QuarkusTest
class WaitingRowsTest {

    private static final String HOST = "dead.example";
    private static final int MANY = 20_000;

    /** Of 8 KiB each; the rows and their indexes fill hundreds. */
    private static final int FEW_PAGES = 400;

    @Inject Outgoing outgoing;
    @Inject DataSource dataSource;

    @BeforeEach
    void fill() {
        Receiver.forget(HOST);
        TestDatabase.change("insert into peer (host, blocked) values (?, true)", HOST);
        Posts.insert(HOST, MANY);
        TestDatabase.change("analyze outgoing");
    }

    @AfterEach
    void empty() {
        Receiver.forget(HOST);
        TestDatabase.vacuum("outgoing");
    }

    @Test
    void noStatementOfAProbeReadsThemAll() {
        String next =
                Outgoing.NEXT
                        .replace(":host", "'" + HOST + "'")
                        .replace(":most", "100")
                        .replace(":room", "1000000");
        String giveUp =
                "select seq from outgoing where posted < now() - interval '3 days'"
                        + " and sent is null and dead is null order by posted limit 1000";

        assertThat(List.of(next, giveUp, dev.posthouse.ymp.sending.Statements.sweep()))
                .allSatisfy(sql -> assertThat(pages(sql)).isLessThan(FEW_PAGES));
        assertThat(pages("select count(message) from outgoing where host = '" + HOST + "'"))
                .isGreaterThan(FEW_PAGES);
    }

    /** A connection keeps a plan, for hours maybe. */
    @Test
    void noPlanOfAnEmptyTableReadsThemAll() throws SQLException {
        Receiver.forget(HOST);
        TestDatabase.vacuum("outgoing");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute(
                    "prepare tried (bigint[]) as"
                            + " update outgoing set attempts = attempts + 1 where seq = any ($1)");
            statement.execute("execute tried (array[0])");
            Posts.insert(HOST, MANY);
            try (ResultSet plan =
                    statement.executeQuery(
                            "explain (analyze, buffers, format json) execute tried (array[0])")) {
                plan.next();
                assertThat(pagesOf(plan.getString(1))).isLessThan(FEW_PAGES);
            } finally {
                statement.execute("deallocate tried");
                statement.execute("reset plan_cache_mode");
            }
        }
    }

    @Test
    void packsTheFirstHundred() {
        List<Waiting> packed =
                QuarkusTransaction.requiringNew()
                        .call(() ->
                                outgoing.next(new dev.posthouse.common.guard.HostName(HOST, 443)));

        assertThat(packed).hasSize(100);
        assertThat(packed.getFirst().id()).isEqualTo("m1");
        assertThat(packed.getLast().id()).isEqualTo("m100");
    }

    @Test
    void countsThemForMetrics() {
        List<Depth> depths = QuarkusTransaction.requiringNew().call(() -> outgoing.depths(20));

        assertThat(depths)
                .anySatisfy(depth -> {
                    assertThat(depth.peer()).isEqualTo(HOST);
                    assertThat(depth.number()).isEqualTo(MANY);
                    assertThat(depth.oldest())
                            .isBefore(Instant.ofEpochMilli(System.currentTimeMillis()));
                });
    }

    private static long pages(String sql) {
        return pagesOf(TestDatabase.ask("explain (analyze, buffers, format json) " + sql));
    }

    private static long pagesOf(String plan) {
        java.util.regex.Matcher counts =
                java.util.regex.Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)")
                        .matcher(plan);
        long pages = 0;
        for (int i = 0; i < 2 && counts.find(); i++) {
            pages += Long.parseLong(counts.group(1));
        }
        return pages;
    }
}
