package dev.posthouse.relay.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.parcel.Waiting;
import dev.posthouse.testing.FakeClock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AheadTest {

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T05:06:10Z"));
    private final Ahead ahead = new Ahead(clock);

    @Test
    void dropsNothingStaleWithoutSayingSo() {
        Waiting parcel = parcel();
        ahead.add(List.of(parcel));
        clock.advance(Ahead.FRESH.plusMillis(1));

        assertThat(ahead.next()).containsSame(parcel);
    }

    @Test
    void saysThatItHasDroppedWhatIsStale() {
        ahead.add(List.of(parcel()));
        assertThat(ahead.dropStale()).isFalse();
        clock.advance(Ahead.FRESH.plusMillis(1));

        assertThat(ahead.dropStale()).isTrue();
        assertThat(ahead.isEmpty()).isTrue();
        assertThat(ahead.dropStale()).isFalse();
    }

    private Waiting parcel() {
        return new Waiting(
                1, UUID.randomUUID(), 1, clock.instant().plusSeconds(60), new byte[] {1});
    }
}
