package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.parcel.Intake.Outcome;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 10: what is taken when too much waits for a recipient. */
@QuarkusTest
class FullTest {

    private static final int MOST = 20_000;

    @Inject StoreParcel storeParcel;
    @Inject WaitingParcels waiting;

    private final NodeId gateway = TestArrival.node();
    private final TestArrival known = TestArrival.at(gateway);
    private final TestArrival collected = known.messageId("collected").lives(Duration.ofHours(3));

    @AfterEach
    void empty() {
        TestQueue.empty(gateway);
    }

    private Outcome store(TestArrival parcel) {
        return storeParcel.store(parcel.arrival());
    }

    private void refuses(TestArrival parcel) {
        assertThatThrownBy(() -> store(parcel))
                .isInstanceOfSatisfying(
                        RelayException.class,
                        full -> {
                            assertThat(full.status()).isEqualTo(507);
                            assertThat(full.code()).isEqualTo("recipient.full");
                            assertThat(full.refusal().retryAfter()).isPresent();
                        });
    }

    @Test
    void takesRepeatsAndWhatNeedsNoMoreRoom() {
        TestQueue.fill(gateway, known.names().recipient(), MOST - 2);
        store(collected);
        store(known);
        String delivery =
                TestDatabase.ask(
                        "select delivery_id from parcel where gateway = ? and size = ?",
                        gateway.text(),
                        collected.text().length());
        waiting.collected(gateway, Set.of(UUID.fromString(delivery)));

        assertThat(store(known)).isEqualTo(Outcome.REPEATED);
        assertThat(store(collected)).isEqualTo(Outcome.REPEATED);
        assertThat(store(known.text("other!"))).isEqualTo(Outcome.REPLACED);
        refuses(known.text("longer!"));
        refuses(known.messageId("new"));
        assertThat(store(known.messageId("new").recipient(TestArrival.node())))
                .isEqualTo(Outcome.STORED);
    }
}
