package dev.posthouse.common.guard;

import dev.posthouse.common.net.IpAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host as others name it, {@code hostname[:port]} (YMP, section 1): lower-case, and without the
 * port where that is 443, so that equal hosts are equal text. Whatever else would have to be
 * repaired is refused: a name is letters, digits and hyphens (RFC 1123, section 2.1), and its last
 * label is no number, because resolvers read {@code 127.1} and {@code 0x7f.1} as addresses.
 *
 * @param host a name, a dotted quad, or IPv6 in brackets and as RFC 5952 writes it
 * @param port 1 to 65535
 */
public record HostName(String host, int port) {

    /** The port of HTTPS, which a name need not say. */
    public static final int HTTPS = 443;

    private static final int LONGEST = 255;
    private static final int LONGEST_NAME = 253;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /** Of ASCII's letters alone: the Kelvin sign is no {@code k}. */
    private static final Pattern NAME =
            Pattern.compile(LABEL + "(?:\\." + LABEL + ")*", Pattern.CASE_INSENSITIVE);

    private static final Pattern ENDS_IN_NUMBER =
            Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[^.]*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern PARTS =
            Pattern.compile("(\\[[^]]*]|[^:]*)(?::([1-9][0-9]{0,4}))?");

    /**
     * Makes letters small.
     *
     * @throws IllegalArgumentException for a host or a port that is none
     */
    public HostName {
        boolean readable = isName(host) || literal(host).isPresent();
        if (!readable || port < 1 || port > 65535 || text(host, port).length() > LONGEST) {
            throw invalid();
        }
        host = host.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@code hostname[:port]}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static HostName parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw invalid();
        }
        String port = parts.group(2);
        return new HostName(parts.group(1), port == null ? HTTPS : Integer.parseInt(port));
    }

    /** The address, where the host is one and no name. */
    public Optional<IpAddress> literal() {
        return literal(host);
    }

    /** Whether this means the machine itself by definition (RFC 6761, section 6.3). */
    boolean isLocalhost() {
        return host.equals("localhost") || host.endsWith(".localhost");
    }

    /** As it is written and compared. */
    public String text() {
        return text(host, port);
    }

    private static String text(String host, int port) {
        return port == HTTPS ? host : host + ":" + port;
    }

    private static boolean isName(String host) {
        return host.length() <= LONGEST_NAME
                && NAME.matcher(host).matches()
                && !ENDS_IN_NUMBER.matcher(host).matches();
    }

    private static Optional<IpAddress> literal(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String text = bracketed ? host.substring(1, host.length() - 1) : host;
        try {
            return Optional.of(IpAddress.parse(text))
                    .filter(address -> address.isIpv4() != bracketed)
                    .filter(address -> address.text().equalsIgnoreCase(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("This is not a host name.");
    }

    @Override
    public String toString() {
        return text();
    }
}
