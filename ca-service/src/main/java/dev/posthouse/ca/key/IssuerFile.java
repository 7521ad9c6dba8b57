package dev.posthouse.ca.key;

import dev.posthouse.common.setting.BadSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** An issuing CA's PKCS#12 file (certificates, section 10). */
final class IssuerFile {

    private IssuerFile() {}

    /**
     * Reads the issuer and lets it prove that its key and its certificate belong together.
     *
     * @throws BadSetting naming the setting and the file
     */
    static Issuer read(Path file, char[] passphrase) {
        try {
            Issuer issuer = issuer(open(file, passphrase), passphrase);
            if (!issuer.works()) {
                throw new GeneralSecurityException("its key is not its certificate's");
            }
            return issuer;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw new BadSetting(
                    "ca.issuer.key-stores",
                    file + " is unusable: " + unusable.getMessage(),
                    unusable);
        }
    }

    /** The passphrase, without the newline that editors leave. */
    static char[] passphrase(Path file) {
        try {
            return Files.readString(file).strip().toCharArray();
        } catch (IOException unreadable) {
            throw new BadSetting("ca.issuer.passphrase-file", file + " cannot be read", unreadable);
        }
    }

    private static KeyStore open(Path file, char[] passphrase)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, passphrase);
        }
        return store;
    }

    private static Issuer issuer(KeyStore store, char[] passphrase)
            throws IOException, GeneralSecurityException {
        List<String> keys =
                Collections.list(store.aliases()).stream()
                        .filter(alias -> isKey(store, alias))
                        .toList();
        if (keys.size() != 1) {
            throw new GeneralSecurityException("it holds " + keys.size() + " keys, not one");
        }
        Certificate certificate = store.getCertificate(keys.getFirst());
        PrivateKey key = (PrivateKey) store.getKey(keys.getFirst(), passphrase);
        return new Issuer(key, new X509CertificateHolder(certificate.getEncoded()));
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException notLoaded) {
            throw new IllegalStateException(notLoaded);
        }
    }
}
