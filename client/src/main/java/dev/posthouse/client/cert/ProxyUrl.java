package dev.posthouse.client.cert;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The Proxy's door for CSRs.
 *
 * @param door an https URL that ends in {@code /csr}
 */
public record ProxyUrl(URI door) {

    /** Reads {@code https://host[:port]}, with the path {@code /csr} or without. */
    public static ProxyUrl parse(String text) {
        try {
            URI uri = new URI(text);
            if (!isHttps(uri) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw notAProxy(text);
            }
            String path = uri.getRawPath().replaceFirst("/$", "");
            String door = path.endsWith("/csr") ? path : path + "/csr";
            return new ProxyUrl(new URI("https://" + uri.getRawAuthority() + door));
        } catch (URISyntaxException e) {
            throw notAProxy(text);
        }
    }

    /** Whether a URL names a server to be called over TLS, and no user. */
    static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                && uri.getHost() != null
                && uri.getRawUserInfo() == null;
    }

    private static IllegalArgumentException notAProxy(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a URL like https://proxy.example:8441");
    }
}
