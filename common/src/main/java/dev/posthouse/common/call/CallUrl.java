package dev.posthouse.common.call;

import dev.posthouse.common.guard.HostName;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes, as a URL says it (PoHTTP, section 9). {@code http} is for hosts on this
 * machine; whether they are is known once they are connected to.
 *
 * @param speech what is spoken there
 * @param host that is called
 * @param path with its query
 */
public record CallUrl(Speech speech, HostName host, String path) {

    private static final int HTTP = 80;

    /** Without user information, and without a fragment: neither is for the host. */
    private static final Pattern TEXT =
            Pattern.compile("(?i)(https?)://([^/?#@\\\\]+)(/[^?#]*)?(\\?[^#]*)?");

    /**
     * Reads an absolute URL.
     *
     * @throws IllegalArgumentException for anything else, and for what could not be asked for
     */
    public static CallUrl parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("This is not a URL of HTTP.");
        }
        boolean plain = parts.group(1).toLowerCase(Locale.ROOT).equals("http");
        String path = or(parts.group(3), "/") + or(parts.group(4), "");
        Call.requirePath(path);
        return new CallUrl(
                plain ? Speech.PLAIN : Speech.TLS_OR_PLAIN, host(parts.group(2), plain), path);
    }

    private static HostName host(String authority, boolean plain) {
        HostName host = HostName.parse(authority);
        boolean named = authority.matches(".*:[0-9]+");
        return plain && !named ? new HostName(host.host(), HTTP) : host;
    }

    private static String or(String part, String otherwise) {
        return part == null ? otherwise : part;
    }

    /** Where a {@code Location} leads from here, which may be relative; empty for nowhere. */
    Optional<CallUrl> follow(String location) {
        try {
            URI target = resolve(URI.create(location.strip()));
            String fragment = target.getRawFragment() == null ? "" : "#" + target.getRawFragment();
            String whole = target.toASCIIString();
            return Optional.of(parse(whole.substring(0, whole.length() - fragment.length())));
        } catch (IllegalArgumentException nowhere) {
            return Optional.empty();
        }
    }

    /** As RFC 3986, section 5.2.2; the JDK's way with an empty path is an older one. */
    private URI resolve(URI reference) {
        boolean samePath =
                !reference.isOpaque()
                        && reference.getScheme() == null
                        && reference.getRawAuthority() == null
                        && reference.getRawPath().isEmpty();
        if (!samePath) {
            return URI.create(text()).resolve(reference);
        }
        String query = reference.getRawQuery();
        return URI.create(query == null ? text() : text().replaceFirst("\\?.*", "") + "?" + query);
    }

    /** As a URL. */
    public String text() {
        return (speech == Speech.PLAIN
                        ? "http://" + host.host() + ":" + host.port()
                        : "https://" + host.text())
                + path;
    }

    @Override
    public String toString() {
        return text();
    }
}
