package dev.posthouse.relay.poweb;

import dev.posthouse.relay.wire.Fields;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a private gateway puts beside a parcel to show that it sends it (PoHTTP, section 11.1), in
 * either spelling.
 *
 * @param cms a signature without its content
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
record Countersignature(byte[] cms) {

    private static final Pattern FORM =
            Pattern.compile("(?i:Relaynet|Awala)-(?i:Countersignature) +([A-Za-z0-9+/]++={0,2})");

    private static final String PURPOSE = "1.3.6.1.4.1.58708.0.3.0";

    /** The one in a call's {@code Authorization} headers, if they are one and hold one. */
    static Optional<Countersignature> of(List<String> authorization) {
        if (authorization.size() != 1) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(authorization.getFirst().strip());
        try {
            return form.matches()
                    ? Optional.of(new Countersignature(Base64.getDecoder().decode(form.group(1))))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** What is signed for a parcel of so many octets, up to the parcel itself. */
    static byte[] signedBefore(int octets) {
        return Fields.none().identifier(PURPOSE).encodedBefore(octets);
    }

    @Override
    public String toString() {
        return "Countersignature[]";
    }
}
