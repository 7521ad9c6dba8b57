package dev.posthouse.relay.outbound;

import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.ramf.OurSide;
import dev.posthouse.relay.ramf.Parcel;
import dev.posthouse.relay.ramf.ParcelCheck;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges parcels of operators (PoHTTP, section 7): they are for other nodes, never for us. */
@Singleton
final class OutboundParcels {

    private static final String PLAIN = "http://";

    private final Set<String> ours;
    private final PeerNames peers;
    private final ParcelCheck check;
    private final Clock clock;

    OutboundParcels(RelayConfig settings, PeerNames peers, Clock clock) {
        this.ours =
                Stream.concat(
                                Stream.of(settings.internetAddress()),
                                settings.internetAddressAliases().orElse(Set.of()).stream())
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        this.peers = peers;
        this.check = new ParcelCheck(new OurSide(ours, now -> List.of(), settings.legacyFormats()));
        this.clock = clock;
    }

    /**
     * Reads one.
     *
     * @throws RelayException 400 for what is no parcel, and for one that would have to be sent in
     *     plain HTTP (section 9), 403 for an invalid one, and for ours
     */
    Parcel read(byte[] octets) {
        Parcel parcel = check.outbound(octets, clock.instant());
        if (parcel.recipient().internetAddress().filter(name -> !ours.contains(name)).isEmpty()) {
            throw RelayException.forbidden(
                    "recipient.address", "The parcel is for no other Internet node.");
        }
        parcel.recipient().internetAddress().ifPresent(this::requireSafe);
        return parcel;
    }

    private void requireSafe(String address) {
        if (address.toLowerCase(Locale.ROOT).startsWith(PLAIN) && !peers.leadSomewhere(address)) {
            throw RelayException.malformed(
                    "recipient.plain",
                    "No parcel is sent in plain HTTP: the recipient's address must be https.");
        }
    }
}
