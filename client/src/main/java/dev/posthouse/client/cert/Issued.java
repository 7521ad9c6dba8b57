package dev.posthouse.client.cert;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate that passed every check, and its key.
 *
 * @param key the device's
 * @param chain leaf first, without the root
 */
public record Issued(DeviceKey key, List<X509Certificate> chain) {

    public Issued {
        chain = List.copyOf(chain);
    }

    /** The device's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
