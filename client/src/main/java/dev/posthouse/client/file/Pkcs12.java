package dev.posthouse.client.file;

import dev.posthouse.client.failure.ClientException.FileProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A key and its chain in a PKCS#12 file: PBES2 with AES-256 and a SHA-256 MAC, the JDK's default.
 *
 * @param key the private key
 * @param chain leaf first
 */
public record Pkcs12(PrivateKey key, List<X509Certificate> chain) {

    public Pkcs12 {
        chain = List.copyOf(chain);
    }

    /** Reads the one key entry of a file. */
    public static Pkcs12 read(Path file, char[] passphrase) {
        byte[] content = InputFile.read(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), passphrase);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return entry(store, alias, passphrase);
                }
            }
            throw new FileProblem(file + " holds no private key");
        } catch (IOException | GeneralSecurityException e) {
            throw new FileProblem(
                    "cannot open " + file + ": not a PKCS#12 file, or another passphrase", e);
        }
    }

    /** The file's bytes. */
    public byte[] encode(String alias, char[] passphrase) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(alias, key, passphrase, chain.toArray(Certificate[]::new));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, passphrase);
            return out.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot write PKCS#12", e);
        }
    }

    private static Pkcs12 entry(KeyStore store, String alias, char[] passphrase)
            throws GeneralSecurityException {
        return new Pkcs12(
                (PrivateKey) store.getKey(alias, passphrase),
                Arrays.stream(store.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toList());
    }

    @Override
    public String toString() {
        return "Pkcs12[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
