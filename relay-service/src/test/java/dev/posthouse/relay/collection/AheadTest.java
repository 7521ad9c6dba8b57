package dev.posthouse.relay.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.parcel.Waiting;
import dev.posthouse.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AheadTest {

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T05:06:10Z"));
    private final Ahead ahead = new Ahead(clock);

    @Test
    void dropsNothingStaleWithoutSayingSo() {
        Waiting parcel = parcel();
        ahead.add(List.of(parcel), 1);
        clock.advance(Ahead.FRESH.plusMillis(1));

        assertThat(ahead.next()).isEmpty();
        assertThat(ahead.first(5)).containsExactly(parcel.delivery());
    }

    @Test
    void saysThatItHasDroppedWhatIsStale() {
        ahead.add(List.of(parcel()), 1);
        assertThat(ahead.dropStale()).isFalse();
        clock.advance(Ahead.FRESH.plusMillis(1));

        assertThat(ahead.dropStale()).isTrue();
        assertThat(ahead.isEmpty()).isTrue();
        assertThat(ahead.dropStale()).isFalse();
    }

    @Test
    void knowsThoseThatWereJustReadToWait() {
        List<Waiting> found = List.of(parcel(), parcel(), parcel());
        ahead.add(found, 2);

        assertThat(ahead.next()).containsSame(found.get(0));
        assertThat(ahead.next()).containsSame(found.get(1));
        assertThat(ahead.next()).isEmpty();
    }

    @Test
    void believesForAMomentThatTheyWait() {
        List<Waiting> found = List.of(parcel(), parcel());
        ahead.add(found, 2);
        clock.advance(Ahead.SEEN);
        assertThat(ahead.next()).containsSame(found.get(0));
        clock.advance(Duration.ofMillis(1));

        assertThat(ahead.next()).isEmpty();
    }

    @Test
    void letsGoWhatIsSeenToWaitNoLonger() {
        List<Waiting> found = List.of(parcel(), parcel(), parcel());
        List<UUID> ids = found.stream().map(Waiting::delivery).toList();
        ahead.add(found, 0);

        ahead.see(ids.subList(0, 2), Set.of(ids.get(1)), 5);

        assertThat(ahead.next()).containsSame(found.get(1));
        assertThat(ahead.next()).isEmpty();
        assertThat(ahead.first(5)).containsExactly(ids.get(2));
    }

    private Waiting parcel() {
        return new Waiting(
                1, UUID.randomUUID(), 1, clock.instant().plusSeconds(60), new byte[] {1});
    }
}
