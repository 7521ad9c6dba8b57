package dev.posthouse.client.https;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Where servers are: {@code https}, and plain {@code http} on this machine alone. */
public final class ServerUrl {

    private static final Set<String> HERE = Set.of("127.0.0.1", "[::1]", "localhost");

    private ServerUrl() {}

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException for one that is not to be called
     */
    public static URI parse(String text) {
        try {
            return require(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URL", e);
        }
    }

    /**
     * Where one server sends us on to: never from TLS to plain HTTP, nor to this machine from
     * another, which could have us call what is for nobody from outside.
     *
     * @throws IllegalArgumentException for a place that is not to be called
     */
    static URI redirect(URI from, String location) {
        URI target = require(from.resolve(location));
        boolean loses = isPlain(target) && !isPlain(from);
        boolean intrudes = isHere(target) && !isHere(from);
        if (loses || intrudes) {
            throw new IllegalArgumentException("no URL that a redirect may lead to");
        }
        return target;
    }

    private static boolean isPlain(URI url) {
        return url.getScheme().equalsIgnoreCase("http");
    }

    private static boolean isHere(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return host.equals("localhost") || host.endsWith(".localhost") || isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    static URI require(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(url.getHost());
        boolean plain = scheme.equals("http") && HERE.contains(host);
        if (url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null
                || !(scheme.equals("https") || plain)) {
            throw new IllegalArgumentException("no URL that can be called");
        }
        return url;
    }
}
