package dev.posthouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 8: who may have how much of the room for parcels. */
final class RoomPartsTest {

    private static final long MIB = 1024L * 1024;

    @Test
    void keepsPartsForGatewaysAndOperators() {
        assertThat(RoomParts.of(64 * MIB)).isEqualTo(new RoomParts(40 * MIB, 16 * MIB, 8 * MIB));
    }

    @Test
    void letsTwoOfTheLongestParcelsInFromOneAddress() {
        long ofOne = RoomParts.ofAddress(RoomParts.of(64 * MIB).strangers());

        assertThat(ofOne).isEqualTo(20 * MIB).isGreaterThan(2L * RelayDoors.PARCEL);
    }

    @Test
    void hasNoLimitsWhereThereIsNone() {
        assertThat(RoomParts.of(0)).isEqualTo(new RoomParts(0, 0, 0));
        assertThat(RoomParts.ofAddress(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 7, 8})
    void makesNoLimitOfNone(long most) {
        RoomParts parts = RoomParts.of(most);

        assertThat(parts.strangers()).isPositive();
        assertThat(parts.gateways()).isPositive();
        assertThat(parts.operators()).isPositive();
        assertThat(RoomParts.ofAddress(parts.operators())).isPositive();
    }
}
