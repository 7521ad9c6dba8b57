package dev.posthouse.client.pki;

import dev.posthouse.client.file.Pkcs12;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certification authority: its key and its certificate.
 *
 * @param key the signing key
 * @param chain the authority's own certificate first, then those above it
 */
public record Authority(PrivateKey key, List<X509Certificate> chain) {

    public Authority {
        chain = List.copyOf(chain);
    }

    /** Reads an authority from its PKCS#12 file. */
    public static Authority read(Path file, char[] passphrase) {
        Pkcs12 entry = Pkcs12.read(file, passphrase);
        return new Authority(entry.key(), entry.chain());
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return "Authority[" + certificate().getSubjectX500Principal() + "]";
    }
}
