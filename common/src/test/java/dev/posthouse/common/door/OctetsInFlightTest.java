package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.door.OctetsInFlight.Share;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 8: octets of bodies in flight. */
final class OctetsInFlightTest {

    private final OctetsInFlight room = new OctetsInFlight(100);
    private final List<String> granted = new ArrayList<>();

    private Share share(String name, long octets, boolean atOnce) {
        Share share = room.share();
        assertThat(share.growTo(octets, () -> granted.add(name))).as(name).isEqualTo(atOnce);
        return share;
    }

    private void grow(Share share, String name, long octets, boolean atOnce) {
        assertThat(share.growTo(octets, () -> granted.add(name))).as(name).isEqualTo(atOnce);
    }

    @Test
    void takesWhatABodyNeedsAndGivesItBack() {
        Share share = share("a", 40, true);
        grow(share, "a", 30, true);
        grow(share, "a", 50, true);
        assertThat(room.taken()).isEqualTo(50);

        share.giveBack();
        share.giveBack();

        assertThat(room.taken()).isZero();
    }

    @Test
    void letsThoseInWhoCameFirst() {
        Share first = share("first", 90, true);
        share("large", 80, false);
        Share small = share("small", 5, false);

        first.giveBack();

        assertThat(granted).containsExactly("large", "small");
        assertThat(room.taken()).isEqualTo(85);
        grow(small, "small", 20, true);
    }

    @Test
    void prefersThoseWhoHaveBegun() {
        Share full = share("full", 60, true);
        Share begun = share("begun", 40, true);
        share("new", 10, false);
        grow(begun, "begun", 70, false);

        full.giveBack();

        assertThat(granted).containsExactly("begun", "new");
    }

    @Test
    void forgetsWhoHasLeft() {
        Share full = share("full", 100, true);
        Share left = share("left", 100, false);
        share("stays", 100, false);
        left.giveBack();

        full.giveBack();

        assertThat(granted).containsExactly("stays");
        assertThat(room.taken()).isEqualTo(100);
        grow(left, "left", 200, true);
        assertThat(room.taken()).isEqualTo(100);
    }

    @Test
    void hasRoomForOneThatIsLargerThanAll() {
        Share large = share("large", 1000, true);
        grow(large, "large", 2000, true);
        share("other", 1, false);

        large.giveBack();

        assertThat(granted).containsExactly("other");
    }

    @Test
    void hasRoomForEverythingWhereItIsOff() {
        OctetsInFlight off = new OctetsInFlight(0);

        assertThat(off.share().growTo(Long.MAX_VALUE / 2, () -> {})).isTrue();
        assertThat(off.share().growTo(Long.MAX_VALUE / 2, () -> {})).isTrue();
    }
}
