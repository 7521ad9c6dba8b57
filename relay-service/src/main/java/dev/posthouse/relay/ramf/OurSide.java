package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a parcel is judged by beside itself.
 *
 * @param names the Internet addresses that are ours
 * @param trusted our own certificates that are in date at an instant
 * @param legacyFormats whether formats B and A are taken
 */
public record OurSide(
        Set<String> names,
        Function<Instant, List<NodeCertificate>> trusted,
        boolean legacyFormats) {

    /** Makes the names' letters small. */
    public OurSide {
        names =
                names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a parcel names us, or no Internet node at all. */
    boolean isNamedBy(ReadParcel parcel) {
        return parcel.fields().recipient().internetAddress().map(names::contains).orElse(true);
    }
}
