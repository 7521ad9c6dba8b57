package dev.posthouse.relay.outbound;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.ramf.TestParcel;
import dev.posthouse.testing.FailingCommits;
import dev.posthouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 10: what is stored of parcels for other nodes. Their peer is left alone. */
@QuarkusTest
class AcceptOutboundTest {

    private static final String PEER = "asleep.example";
    private static final NodeId OTHER = new NodeId("0" + "3".repeat(64));

    @Inject AcceptOutbound acceptOutbound;
    @Inject ExpireOutbound expireOutbound;
    @Inject MovedClock clock;
    @Inject MeterRegistry metrics;

    private Instant made;

    @BeforeEach
    void sleep() {
        Leaving.forget(PEER);
        TestDatabase.change(
                "insert into peer (address, pause_until) values (?, timestamptz '2100-01-01')",
                PEER);
        made = clock.instant().minusSeconds(60);
    }

    private TestParcel parcel() {
        return TestParcel.of(PEER, "one", made);
    }

    private String accept(TestParcel parcel) {
        return acceptOutbound.accept(parcel.checked(), Optional.empty());
    }

    private static String octets() {
        return TestDatabase.ask(
                "select convert_from(octets, 'UTF8') from outbound where peer = ?", PEER);
    }

    private static String one(String column) {
        return Leaving.parcel(PEER, "one", column);
    }

    @Test
    void storesAParcelAndSaysSo() {
        String id = accept(parcel());

        assertThat(octets()).isEqualTo("one");
        assertThat(one("encode(identity, 'hex')")).isEqualTo(id);
        assertThat(one("content_type")).isEqualTo("application/vnd.awala.parcel");
        assertThat(one("gateway")).isNull();
        assertThat(Leaving.events("relay.parcel-accepted", PEER))
                .anySatisfy(event -> {
                    assertThat(event.path("id").asText()).isEqualTo(id);
                    assertThat(event.path("to").asText()).isEqualTo(PEER);
                    assertThat(event.path("octets").asInt()).isEqualTo(3);
                });
    }

    @Test
    void knowsARepeat() {
        int events = Leaving.events("relay.parcel-accepted", PEER).size();

        assertThat(accept(parcel())).isEqualTo(accept(parcel()));

        assertThat(Leaving.waiting(PEER)).isEqualTo(1);
        assertThat(one("version")).isEqualTo("0");
        assertThat(Leaving.events("relay.parcel-accepted", PEER)).hasSize(events + 1);
    }

    @Test
    void putsOtherOctetsThatAreNotOlderInItsPlace() {
        accept(parcel());
        TestDatabase.change(
                "update outbound set attempts = 3, due_at = timestamptz '2100-01-01' where peer = ?",
                PEER);

        accept(parcel().with("same time"));
        assertThat(octets()).isEqualTo("same time");
        accept(parcel().made(made.plusSeconds(1)).with("newer"));

        assertThat(octets()).isEqualTo("newer");
        assertThat(one("version")).isEqualTo("2");
        assertThat(one("attempts")).isEqualTo("0");
        assertThat(one("due_at")).isNull();
        assertThat(Leaving.waiting(PEER)).isEqualTo(1);
    }

    @Test
    void takesNoOlderOctets() {
        accept(parcel());

        accept(parcel().made(made.minusSeconds(1)).with("older"));

        assertThat(octets()).isEqualTo("one");
    }

    @Test
    void neverTakesAgainWhatWasDelivered() {
        accept(parcel());
        TestDatabase.change("update outbound set octets = null where peer = ?", PEER);

        accept(parcel().made(made.plusSeconds(1)).with("newer"));

        assertThat(Leaving.waiting(PEER)).isZero();
        assertThat(Leaving.count(PEER, "true")).isEqualTo(1);
    }

    @Test
    void neverTakesAgainWhatWasRefused() {
        accept(parcel());
        TestDatabase.change("update outbound set dead = '403' where peer = ?", PEER);

        accept(parcel().made(made.plusSeconds(1)).with("newer"));

        assertThat(one("dead")).isEqualTo("403");
        assertThat(octets()).isEqualTo("one");
    }

    @Test
    void takesAgainWhatHasExpiredAndIsStillThere() {
        accept(parcel());
        TestDatabase.change(
                "update outbound set octets = null, expires = timestamptz '2026-11-22' where peer = ?",
                PEER);

        accept(parcel());

        assertThat(octets()).isEqualTo("one");
    }

    @Test
    void tellsSendersApart() {
        String one = accept(parcel());
        String other = acceptOutbound.accept(parcel().checked(OTHER), Optional.empty());

        assertThat(one).isNotEqualTo(other);
        assertThat(Leaving.waiting(PEER)).isEqualTo(2);
    }

    @Test
    void storesOneOfManyAtOnce() throws Exception {
        Callable<String> accept = () -> accept(parcel());
        List<Future<String>> all = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                all.add(callers.submit(accept));
            }
        }

        for (Future<String> each : all) {
            assertThat(each.get()).isEqualTo(all.getFirst().get());
        }
        assertThat(Leaving.waiting(PEER)).isEqualTo(1);
        assertThat(one("version")).isEqualTo("0");
    }

    @Test
    void refusesWhatNamesNobody() {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(
                        () -> acceptOutbound.accept(TestParcel.toNobody(made), Optional.empty()))
                .extracting(RelayException::status)
                .isEqualTo(403);
    }

    @Test
    void refusesAGatewayThatHasTooMuchOnItsWay() {
        accept(parcel());
        acceptOutbound.accept(TestParcel.of(PEER, "gateway's", made).checked(), Optional.of(OTHER));
        TestDatabase.change(
                "update outbound set size = 1073741824 where gateway = ?", OTHER.text());

        await("it is summed up", () -> isFull(UUID.randomUUID().toString()));
        assertThat(isFull("gateway's")).isFalse();
        accept(TestParcel.of(PEER, "operator's", made));
    }

    private boolean isFull(String id) {
        try {
            acceptOutbound.accept(TestParcel.of(PEER, id, made).checked(), Optional.of(OTHER));
            return false;
        } catch (RelayException full) {
            assertThat(full.status()).isEqualTo(507);
            assertThat(full.refusal().retryAfter()).isPresent();
            return true;
        }
    }

    @Test
    void forgetsWhatHasExpired() {
        String waits = accept(parcel());
        String delivered = accept(TestParcel.of(PEER, "delivered", made));
        TestDatabase.change("update outbound set octets = null where message_id = 'delivered'");
        accept(TestParcel.of(PEER, "longer", made).living(Duration.ofDays(3)));
        double before = expiredSoFar();

        clock.during(Duration.ofDays(1), expireOutbound::expire);

        assertThat(Leaving.count(PEER, "true")).isEqualTo(1);
        List<String> expired =
                Leaving.events("relay.parcel-expired", PEER).stream()
                        .map(event -> event.path("id").asText())
                        .toList();
        assertThat(expired).contains(waits).doesNotContain(delivered);
        assertThat(HexFormat.of().parseHex(waits)).hasSize(32);
        assertThat(expiredSoFar()).isGreaterThan(before);
    }

    @Test
    void countsWhatHasExpiredOnceThatIsCommitted() {
        accept(parcel());
        double before = expiredSoFar();
        try (var _ = FailingCommits.of("delete on outbound")) {
            TestDatabase.change(
                    "update outbound set expires = timestamptz '2026-11-20' where peer = ?", PEER);

            expireOutbound.expire();

            assertThat(expiredSoFar()).isEqualTo(before);
        }
        expireOutbound.expire();

        assertThat(expiredSoFar()).isEqualTo(before + 1);
    }

    private double expiredSoFar() {
        return metrics.counter("posthouse.relay.outbound.expired").count();
    }
}
