package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.door.OctetsInFlight.Share;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 8: octets of bodies in flight. */
final class OctetsInFlightTest {

    private final OctetsInFlight room = new OctetsInFlight(100, 0, Caller::address);
    private final List<String> granted = new ArrayList<>();

    private Share share(String name, long octets, boolean atOnce) {
        return share(room, "somebody", name, octets, atOnce);
    }

    private Share share(
            OctetsInFlight shared, String caller, String name, long octets, boolean atOnce) {
        Share share = shared.shareOf(caller);
        grow(share, name, octets, atOnce);
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
        Share full = share("full", 50, true);
        Share foremost = share("foremost", 10, true);
        Share begun = share("begun", 40, true);
        share("new", 10, false);
        grow(foremost, "foremost", 20, true);
        grow(begun, "begun", 75, false);

        full.giveBack();

        assertThat(granted).containsExactly("begun");
        foremost.giveBack();
        assertThat(granted).containsExactly("begun", "new");
    }

    @Test
    void letsOneOfThoseHalfWayGoOnSoThatAllEnd() {
        List<Share> halfWay =
                List.of(share("a", 50, true), share("b", 30, true), share("c", 20, true));

        grow(halfWay.get(0), "a", 90, true);
        grow(halfWay.get(1), "b", 90, false);
        grow(halfWay.get(2), "c", 90, false);
        grow(halfWay.get(0), "a", 95, true);
        assertThat(room.taken()).isEqualTo(145);

        halfWay.get(0).giveBack();
        assertThat(granted).containsExactly("b");
        halfWay.get(1).giveBack();
        assertThat(granted).containsExactly("b", "c");
        halfWay.get(2).giveBack();
        assertThat(room.taken()).isZero();
    }

    @Test
    void givesACallerItsPartAlone() {
        OctetsInFlight shared = new OctetsInFlight(100, 25, Caller::address);
        Share first = share(shared, "greedy", "first", 20, true);
        share(shared, "greedy", "second", 10, false);

        Share other = share(shared, "other", "other", 25, true);
        assertThat(first.isInTheWay()).isTrue();
        assertThat(other.isInTheWay()).isFalse();

        first.giveBack();
        assertThat(granted).containsExactly("second");
        assertThat(shared.taken()).isEqualTo(35);
    }

    @Test
    void letsWhoGoesBeforeAllPassItsOwnCallersOthers() {
        OctetsInFlight shared = new OctetsInFlight(100, 60, Caller::address);
        Share one = share(shared, "x", "one", 20, true);
        Share two = share(shared, "x", "two", 20, true);
        share(shared, "y", "three", 60, true);

        // Each would wait for the other: two goes beyond all room, one beyond its caller's part.
        grow(two, "two", 30, true);
        grow(one, "one", 45, false);
        grow(two, "two", 40, true);

        two.giveBack();
        assertThat(granted).containsExactly("one");
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
    void keepsWhatIsInUseThoughItsCallerHasLeft() {
        Share share = share("used", 60, true);
        share.use();

        share.giveBack();
        assertThat(room.taken()).isEqualTo(60);
        share("waits", 50, false);

        share.used();
        assertThat(granted).containsExactly("waits");
        assertThat(room.taken()).isEqualTo(50);
    }

    @Test
    void keepsWhatIsAnsweredLater() {
        Share share = share("used", 60, true);
        share.use();
        share.used();
        assertThat(room.taken()).isEqualTo(60);

        share.giveBack();

        assertThat(room.taken()).isZero();
    }

    @Test
    void countsWhatIsUsedFirstWhenItsCallerHasLeft() {
        Share share = share("left", 60, true);
        share.giveBack();

        share.use();
        assertThat(room.taken()).isEqualTo(60);
        share.used();

        assertThat(room.taken()).isZero();
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

        assertThat(off.shareOf("a").growTo(Long.MAX_VALUE / 2, () -> {})).isTrue();
        assertThat(off.shareOf("a").growTo(Long.MAX_VALUE / 2, () -> {})).isTrue();
    }
}
