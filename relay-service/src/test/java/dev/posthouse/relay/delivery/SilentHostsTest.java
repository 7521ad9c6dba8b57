package dev.posthouse.relay.delivery;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.SilentHosts;
import dev.posthouse.relay.TightSettings;
import dev.posthouse.relay.outbound.Leaving;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * PoHTTP, section 9: long parcels for hosts that nobody has heard of, and that never answer. There
 * are more of them than are sent to at once, and in memory there is room for one such parcel.
 */
@QuarkusTest
@TestProfile(TightSettings.class)
class SilentHostsTest {

    private static final int AT_ONCE = 192;

    private static final String INSERT =
            """
            insert into outbound (identity, internet_address, peer, recipient, sender, message_id,
              content_type, created, expires, digest, size, octets, arrived)
            select sha256(convert_to(host, 'UTF8')), 'https://' || host, host, 'r', 's', 'm',
              'type', timestamptz '2026-11-22', timestamptz '2026-12-22', 'x', 8000000, 'x',
              timestamptz '2026-11-22'
            from unnest(string_to_array(?, ',')) host
            """;

    private SilentHosts silent;
    private ScriptedPeer peer;

    @BeforeEach
    void open() throws IOException {
        silent = new SilentHosts();
        peer = ScriptedPeer.named("judy");
        forget();
    }

    private void forget() {
        TestDatabase.change("delete from outbound");
        TestDatabase.change("delete from peer");
    }

    @AfterEach
    void close() throws IOException {
        forget();
        peer.close();
        silent.close();
    }

    private static boolean holds(String what) {
        return TestDatabase.ask("select " + what).equals("t");
    }

    @Test
    void keepNoPlaceFromAnotherNewHost() {
        TestDatabase.change(INSERT, String.join(",", SilentHosts.ALL));
        await(
                "all places are taken",
                () -> holds("count(*) >= " + AT_ONCE + " from peer where lease_until > now()"));
        long begun = System.nanoTime();

        Leaving.insertForNobody(peer.address(), 1);

        await("it is sent", () -> Leaving.waiting(peer.address()) == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(peer.texts()).containsExactly("m1");
        // Of those that found no room nothing is learnt, and nothing is counted.
        assertThat(holds("count(*) > 150 from peer where failures = 0 and pause_until is not null"))
                .isTrue();
        assertThat(holds("sum(attempts) < 20 from outbound")).isTrue();
    }
}
