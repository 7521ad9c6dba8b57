package dev.posthouse.relay.ramf;

import dev.posthouse.relay.RelayException;
import java.time.Instant;

/**
 * Judges parcels (section 7, steps 3 to 11): what is no parcel is refused with 400, an invalid one
 * with 403. To be made once and shared: it remembers which certificates verified.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ParcelCheck {

    final OurSide us;

    /** For this side. */
    public ParcelCheck(OurSide us) {
        this.us = us;
    }

    /**
     * A parcel for one of our private gateways: steps 3 to 11. The octets are kept, not copied.
     *
     * @throws RelayException 400 for what is no parcel, 403 for an invalid one
     */
    public InboundParcel inbound(byte[] octets, Instant now) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * A parcel for another Internet node, whose authorisation its receiver checks: steps 3 to 6, 8
     * and 9, and the sender's certificate in date.
     *
     * @throws RelayException 400 for what is no parcel, 403 for an invalid one
     */
    public Parcel outbound(byte[] octets, Instant now) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * Whether a parcel, which is not judged yet, names us or nobody as the Internet node: steps 3
     * to 5 alone.
     *
     * @throws RelayException 400 for what is no parcel
     */
    public boolean isForUs(byte[] octets) {
        throw new UnsupportedOperationException("to come");
    }
}
