package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.TestSettings;
import dev.posthouse.relay.parcel.Intake.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 10: how much may wait. */
@QuarkusTest
class QuotasTest {

    @Inject Intake intake;
    @Inject Parcels parcels;
    @Inject Depths depths;
    @Inject Outbox outbox;
    @Inject Clock clock;
    @Inject WaitingParcels waiting;

    private final NodeId gateway = TestArrival.node();
    private final NodeId recipient = TestArrival.node();

    private StoreParcel with(String... settings) {
        return with(new Total(depths, new SimpleMeterRegistry()), settings);
    }

    private StoreParcel with(Total total, String... settings) {
        Map<String, String> given =
                settings.length == 2
                        ? Map.of(settings[0], settings[1])
                        : Map.of(settings[0], settings[1], settings[2], settings[3]);
        Quotas quotas = new Quotas(depths, total, TestSettings.with(given));
        return new StoreParcel(intake, parcels, quotas, outbox, clock);
    }

    private TestArrival parcel(int number) {
        return TestArrival.at(gateway).messageId("id " + number);
    }

    private static void refuses(StoreParcel store, TestArrival parcel, String code) {
        assertThatThrownBy(() -> store.store(parcel.arrival()))
                .isInstanceOfSatisfying(
                        RelayException.class,
                        full -> {
                            assertThat(full.status()).isEqualTo(507);
                            assertThat(full.code()).isEqualTo(code);
                            assertThat(full.retryAfter()).isPresent();
                        });
    }

    @Test
    void takesSoManyForAGateway() {
        StoreParcel store = with("relay.quota.gateway.parcels", "2");
        store.store(parcel(1).arrival());
        store.store(parcel(2).arrival());

        refuses(store, parcel(3), "gateway.full");
        assertThat(store.store(TestArrival.at(TestArrival.node()).arrival()))
                .isEqualTo(Outcome.STORED);
    }

    @Test
    void takesSoManyOctetsForAGateway() {
        StoreParcel store = with("relay.quota.gateway.octets", "12");
        store.store(parcel(1).arrival());

        refuses(store, parcel(2).text("1234567"), "gateway.full");
        assertThat(store.store(parcel(3).arrival())).isEqualTo(Outcome.STORED);
    }

    @Test
    void takesSoManyForARecipient() {
        StoreParcel store =
                with("relay.quota.recipient.parcels", "1", "relay.quota.gateway.parcels", "0");
        store.store(parcel(1).recipient(recipient).arrival());

        refuses(store, parcel(2).recipient(recipient), "recipient.full");
        assertThat(store.store(parcel(3).arrival())).isEqualTo(Outcome.STORED);
        refuses(
                with("relay.quota.recipient.octets", "11"),
                parcel(4).recipient(recipient),
                "recipient.full");
    }

    @Test
    void takesSoManyOctetsInAll() {
        Total total = new Total(depths, new SimpleMeterRegistry());
        total.sumUp();
        long room = total.depth().octets() + 6;
        StoreParcel store = with(total, "relay.quota.octets", Long.toString(room));
        store.store(parcel(1).arrival());

        refuses(store, parcel(2), "relay.full");
    }

    @Test
    void hasRoomForWhatIsThere() {
        StoreParcel store = with("relay.quota.gateway.parcels", "3");
        TestArrival known = parcel(1);
        TestArrival collected = parcel(2);
        store.store(collected.arrival());
        waiting.collected(gateway, Set.of(waiting.after(gateway, 0, 1).getFirst().delivery()));
        store.store(known.arrival());
        store.store(parcel(3).arrival());

        assertThat(store.store(known.arrival())).isEqualTo(Outcome.REPEATED);
        assertThat(store.store(collected.arrival())).isEqualTo(Outcome.REPEATED);
        assertThat(store.store(known.text("other!").arrival())).isEqualTo(Outcome.REPLACED);
        refuses(store, known.text("longer!"), "gateway.full");
    }

    @Test
    void findsWhatWaitedBefore() {
        with("relay.quota.gateway.parcels", "0").store(parcel(1).arrival());

        refuses(with("relay.quota.gateway.parcels", "1"), parcel(2), "gateway.full");
    }
}
