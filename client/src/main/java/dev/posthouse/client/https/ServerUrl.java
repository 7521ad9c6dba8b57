package dev.posthouse.client.https;

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
