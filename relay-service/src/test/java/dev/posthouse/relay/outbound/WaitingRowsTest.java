package dev.posthouse.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.Plans;
import dev.posthouse.relay.delivery.Statements;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that is down with 20,000 parcels waiting costs no more than one with five. */
@QuarkusTest
class WaitingRowsTest {

    private static final String PEER = "dead.example";
    private static final String OTHER = "other.example";
    private static final int MANY = 20_000;

    /** Of 8 KiB each; the rows and their indexes fill hundreds. */
    private static final int FEW_PAGES = 100;

    private static final Instant NOW = Instant.parse("2026-11-22T05:06:10Z");

    @Inject Outbound outbound;
    @Inject Backlog backlog;
    @Inject DataSource dataSource;

    @BeforeEach
    void fill() {
        Leaving.forget(PEER);
        TestDatabase.change(
                "insert into peer (address, pause_until, lease_until)"
                        + " values (?, timestamptz '2100-01-01', timestamptz '2100-01-01')",
                PEER);
        Leaving.insert(PEER, MANY);
        TestDatabase.change("analyze outbound");
    }

    @AfterEach
    void empty() {
        Leaving.forget(PEER);
        Leaving.forget(OTHER);
        TestDatabase.vacuum("outbound");
    }

    @Test
    void noStatementOfAProbeReadsThemAll() throws SQLException {
        readsFewPages();
        TestDatabase.change(
                "update outbound set due_at = timestamptz '2026-11-22' + seq * interval '1 ms'"
                        + " where peer = ?",
                PEER);
        TestDatabase.vacuum("outbound");
        readsFewPages();
    }

    private void readsFewPages() throws SQLException {
        for (String sql :
                Stream.of(
                                Outbound.NEXT,
                                Outbound.NEXT_DUE,
                                Outbound.FIRST_TO_EXPIRE,
                                Outbound.SUM,
                                Statements.wake(),
                                Statements.sweep())
                        .map(this::filled)
                        .toList()) {
            assertThat(pages(sql)).as(sql).isLessThan(FEW_PAGES);
        }
        assertThat(pages("select count(size) from outbound where peer = '" + PEER + "'"))
                .isGreaterThan(FEW_PAGES);
    }

    /** All cost the same in a plan of an empty table: the right one is taken if no other serves. */
    @Test
    void noIndexButTheRightOneServes() throws SQLException {
        assertThat(
                        Plans.after(
                                "drop index outbound_fresh, outbound_delayed, outbound_ending",
                                dataSource,
                                Stream.of(
                                                Outbound.NEXT,
                                                Outbound.NEXT_DUE,
                                                Outbound.FIRST_TO_EXPIRE)
                                        .map(this::filled)
                                        .toList()))
                .allSatisfy(plan -> assertThat(plan).contains("Seq Scan").doesNotContain("Index"));
    }

    private String filled(String sql) {
        return sql.replace("(:peers)", "(array['" + PEER + "'])")
                .replace(":peer", "'" + PEER + "'")
                .replace(":underWay", "array[1, 2, 3]::bigint[]")
                .replace(":most", "5")
                .replace(":gateway", "'nobody'")
                .replace(":now", "timestamptz '2026-11-22 05:06:10Z'");
    }

    /** What it costs to count one is not what waits for others. */
    @Test
    void countsOneWithoutTheOthers() throws SQLException {
        Leaving.insertForNobody(OTHER, 5);
        TestDatabase.change(
                "update outbound set arrived = timestamptz '2020-01-01' where peer = ?", OTHER);

        assertThat(pages(Backlog.DEPTHS.replace(":most", "1"))).isLessThan(FEW_PAGES);
    }

    /** A connection keeps a plan, for hours maybe. */
    @Test
    void noPlanOfAnEmptyTableReadsThemAll() throws SQLException {
        Leaving.forget(PEER);
        TestDatabase.vacuum("outbound");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            try {
                for (Kept kept : KEPT) {
                    statement.execute(kept.prepare());
                    statement.execute(kept.execute());
                }
                Leaving.insert(PEER, MANY);
                for (Kept kept : KEPT) {
                    assertThat(pages(statement, kept.execute()))
                            .as(kept.name())
                            .isLessThan(FEW_PAGES);
                }
            } finally {
                statement.execute("deallocate all");
                statement.execute("reset plan_cache_mode");
            }
        }
    }

    /** A statement that a connection has prepared, and what it is executed with. */
    private record Kept(String name, String sql, String types, String values) {

        String prepare() {
            return "prepare " + name + " (" + types + ") as " + sql;
        }

        String execute() {
            return "execute " + name + " (" + values + ")";
        }
    }

    private static final List<Kept> KEPT =
            List.of(
                    new Kept(
                            "next",
                            numbered(Outbound.NEXT, ":peer", ":underWay", ":most", ":now"),
                            "text, bigint[], int, timestamptz",
                            "'dead.example', '{}', 5, timestamptz '2026-11-22 05:06:10Z'"),
                    new Kept(
                            "nextDue",
                            numbered(Outbound.NEXT_DUE, ":peer", ":now"),
                            "text, timestamptz",
                            "'dead.example', timestamptz '2026-11-22 05:06:10Z'"),
                    new Kept(
                            "firstToExpire",
                            numbered(Outbound.FIRST_TO_EXPIRE, ":peer", ":now"),
                            "text, timestamptz",
                            "'dead.example', timestamptz '2026-11-22 05:06:10Z'"),
                    new Kept(
                            "wake",
                            numbered(Statements.wake(), ":peers", ":now"),
                            "text[], timestamptz",
                            "'{dead.example}', timestamptz '2026-11-22 05:06:10Z'"),
                    new Kept(
                            "octets",
                            numbered(Outbound.OCTETS, ":seq", ":version", ":now"),
                            "bigint, int, timestamptz",
                            "1, 0, timestamptz '2026-11-22 05:06:10Z'"),
                    new Kept(
                            "delivered",
                            numbered(Settlements.DELIVERED, ":seqs", ":versions"),
                            "bigint[], int[]",
                            "'{1,2}', '{0,0}'"),
                    new Kept(
                            "later",
                            numbered(Settlements.LATER, ":seqs", ":versions", ":dues"),
                            "bigint[], int[], bigint[]",
                            "'{1,2}', '{0,0}', '{1,1}'"),
                    new Kept(
                            "sweep",
                            numbered(Statements.sweep(), ":now"),
                            "timestamptz",
                            "timestamptz '2026-11-22 05:06:10Z'"));

    private static String numbered(String sql, String... names) {
        String numbered = sql;
        for (int i = 0; i < names.length; i++) {
            numbered = numbered.replaceAll(names[i] + "\\b", "\\$" + (i + 1));
        }
        return numbered;
    }

    @Test
    void findsTheOldestFirst() {
        List<Waiting> next =
                QuarkusTransaction.requiringNew()
                        .call(() -> outbound.next(PEER, List.of(), 5, NOW));

        assertThat(next).hasSize(5).extracting(Waiting::size).containsExactly(2, 2, 2, 2, 2);
        assertThat(next.getFirst().version().seq())
                .isEqualTo(
                        Long.parseLong(
                                TestDatabase.ask(
                                        "select min(seq) from outbound where peer = ?", PEER)));
    }

    @Test
    void countsThemForMetricsUpToALimit() {
        assertThat(QuarkusTransaction.requiringNew().call(() -> backlog.depths(20)))
                .anySatisfy(depth -> {
                    assertThat(depth.peer()).isEqualTo(PEER);
                    assertThat(depth.number()).isEqualTo(10_000);
                    assertThat(depth.oldest()).isBefore(NOW);
                });
    }

    /** As the service would, whose connections prefer indexes. */
    private long pages(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            return pages(statement, sql);
        }
    }

    private static long pages(Statement statement, String sql) throws SQLException {
        return pagesOf(Plans.of(statement, "explain (analyze, buffers, format json) " + sql));
    }

    private static long pagesOf(String plan) {
        Matcher counts = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)").matcher(plan);
        long pages = 0;
        for (int i = 0; i < 2 && counts.find(); i++) {
            pages += Long.parseLong(counts.group(1));
        }
        return pages;
    }
}
