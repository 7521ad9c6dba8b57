package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.outbound.Leaving;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is taken up, long before the service under test would do it. */
@QuarkusTest
class PeersTest {

    private static final String PEER = "known.example";
    private static final Instant THEN = Instant.parse("2100-01-01T00:00:00Z");

    @Inject Peers peers;

    @BeforeEach
    void open() {
        close();
        TestDatabase.change(
                "insert into peer (address, due_at) values (?, timestamptz '2099-01-01')", PEER);
    }

    @AfterEach
    void close() {
        TestDatabase.change("delete from peer where address = ?", PEER);
    }

    private static String peer(String column) {
        return TestDatabase.ask("select " + column + " from peer where address = ?", PEER);
    }

    private List<String> sound() {
        List<Claim> claimed =
                QuarkusTransaction.requiringNew().call(() -> peers.claimSound(1_000, THEN));
        return claimed.stream().map(Claim::peer).toList();
    }

    private void record(boolean sound) {
        UUID holder = UUID.randomUUID();
        TestDatabase.change("update peer set holder = ? where address = ?", holder, PEER);
        Claim claim = new Claim(PEER, holder, new Standing(0, null));
        QuarkusTransaction.requiringNew()
                .run(() -> peers.record(claim, new Standing(0, null), sound));
    }

    @Test
    void knowsWhetherAPeerAnswers() {
        assertThat(peer("sound")).isEqualTo("f");
        record(true);
        assertThat(peer("sound")).isEqualTo("t");
        record(false);
        assertThat(peer("sound")).isEqualTo("f");
    }

    @Test
    void keepsPlacesForThoseThatAnswer() {
        assertThat(sound()).doesNotContain(PEER);
        record(true);

        assertThat(sound()).contains(PEER);

        assertThat(peer("due_at is null and lease_until is not null")).isEqualTo("t");
    }

    /** Which stands still in a transaction, and is the same for every replica. */
    @Test
    void leasesThemByTheDatabasesTime() {
        record(true);

        String lease =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            peers.claimSound(1_000, THEN);
                            return peers.getSession()
                                    .createNativeQuery(
                                            "select cast(lease_until - now() as text) from peer"
                                                    + " where address = :peer",
                                            String.class)
                                    .setParameter("peer", PEER)
                                    .getSingleResult();
                        });

        assertThat(lease).isEqualTo("00:00:20");
    }

    /** Else a peer that has had its turn would go before those that wait for theirs. */
    @Test
    void makesNobodyDueSinceAnEarlierTimeThanNow() {
        // Whom somebody holds the service's own sweeps leave alone.
        TestDatabase.change(
                "update peer set lease_until = now() + interval '1 hour' where address = ?", PEER);
        Leaving.insertForNobody(PEER, 1);
        TestDatabase.change(
                "update outbound set due_at = timestamptz '2098-01-01' where peer = ?", PEER);
        try {
            assertThat(dueAfterASweepAt(Instant.parse("2098-06-01T00:00:00Z")))
                    .isEqualTo(Instant.parse("2098-06-01T00:00:00Z"));
        } finally {
            TestDatabase.change("delete from outbound where peer = ?", PEER);
        }
    }

    /** As if there had been none. */
    private Instant dueAfterASweepAt(Instant now) {
        QuarkusTransaction.begin();
        try {
            peers.getSession()
                    .createNativeMutationQuery(
                            "update peer set lease_until = null where address = :peer")
                    .setParameter("peer", PEER)
                    .executeUpdate();
            peers.sweep(now);
            return peers.findById(PEER).dueAt;
        } finally {
            QuarkusTransaction.rollback();
        }
    }
}
