package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.RelayException;
import java.time.Instant;

/** How a parcel is judged as one for the vectors' gateway, at their time. */
final class Judged {

    private static final int ACCEPTED = 202;

    private Judged() {}

    static void accepted(MadeParcel parcel) {
        assertThat(status(parcel)).isEqualTo("202");
    }

    static void refused(MadeParcel parcel, int status, String code) {
        assertThat(status(parcel)).isEqualTo(status + " " + code);
    }

    static String status(MadeParcel parcel) {
        return status(parcel.make());
    }

    static String status(byte[] octets) {
        return status(new ParcelCheck(Vectors.gateway(true)), octets, Vectors.AT);
    }

    static String status(ParcelCheck check, byte[] octets, Instant now) {
        try {
            check.inbound(octets, now);
            return Integer.toString(ACCEPTED);
        } catch (RelayException refusal) {
            return refusal.status() + " " + refusal.code();
        }
    }
}
