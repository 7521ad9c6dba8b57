package dev.posthouse.bench.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.ramf.InboundParcel;
import dev.posthouse.relay.ramf.OurSide;
import dev.posthouse.relay.ramf.ParcelCheck;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CorrespondentsTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Correspondents CORRESPONDENTS = Correspondents.apart(2, CLOCK);
    private static final ParcelCheck CHECK =
            new ParcelCheck(
                    new OurSide(
                            Set.of("relay.example"), now -> List.of(CORRESPONDENTS.root()), false));

    @Test
    void sendersTakeTurnsWithParcelsOfFiveKilobytes() {
        byte[] first = CORRESPONDENTS.parcel(0);
        byte[] second = CORRESPONDENTS.parcel(1);
        byte[] third = CORRESPONDENTS.parcel(2);

        assertThat(first.length).isBetween(4_900, 5_100);
        assertThat(checked(second).parcel().sender())
                .isNotEqualTo(checked(first).parcel().sender());
        assertThat(checked(third).parcel().sender()).isEqualTo(checked(first).parcel().sender());
        assertThat(checked(third).parcel().messageId())
                .isNotEqualTo(checked(first).parcel().messageId());
    }

    @Test
    void freshCertificatesAreForTheSameNodes() {
        InboundParcel known = checked(CORRESPONDENTS.parcel(1));
        InboundParcel fresh = checked(CORRESPONDENTS.fresh(1));

        assertThat(fresh.parcel().sender()).isEqualTo(known.parcel().sender());
        assertThat(fresh.recipient()).isEqualTo(known.recipient());
        assertThat(fresh.privateGateway()).isEqualTo(known.privateGateway());
    }

    private static InboundParcel checked(byte[] parcel) {
        return CHECK.inbound(parcel, CLOCK.instant());
    }
}
