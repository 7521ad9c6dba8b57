package dev.posthouse.relay.parcel;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The gateway that a parcel comes from, as that says: a URI, else it has said nothing. */
final class SentBy {

    /** The header's names over the years (section 8). */
    private static final List<String> HEADERS =
            List.of("X-Relaynet-Gateway", "X-Awala-Gateway", "X-Relaynet-Relay");

    private static final Pattern CHARACTERS = Pattern.compile("[!-~]{1,1024}");

    private SentBy() {}

    /**
     * Reads the headers of a request.
     *
     * @param header the value of one, or null
     */
    static Optional<String> read(Function<String, String> header) {
        return HEADERS.stream()
                .flatMap(name -> Optional.ofNullable(header.apply(name)).stream())
                .filter(SentBy::isUri)
                .findFirst();
    }

    private static boolean isUri(String text) {
        try {
            return CHARACTERS.matcher(text).matches() && new URI(text).isAbsolute();
        } catch (URISyntaxException none) {
            return false;
        }
    }
}
