package dev.posthouse.common.call;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a stranger's host answered, whatever the status. A redirect is an answer like any other:
 * whoever follows one takes its target through the guard anew.
 *
 * @param status 200 to 599
 * @param headers those of {@link #KEPT} that were there, in small letters
 * @param body as it came, not decompressed
 * @param cut whether there was more of the body than the limit
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record Answer(int status, Map<String, String> headers, byte[] body, boolean cut) {

    /** What a caller may want to know; the rest is not looked at. */
    static final Set<String> KEPT =
            Set.of("cache-control", "content-type", "date", "location", "retry-after");

    /** Keeps the headers as they are now. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** A header; several of one name are one list (RFC 9110, section 5.3). */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return status + " with " + body.length + " octets" + (cut ? " and more" : "");
    }
}
