package dev.posthouse.client.file;

import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.common.x509.Pem;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key as PEM: PKCS#8, not encrypted, so that servers read it; its mode protects it. */
public final class KeyFile {

    private static final String LABEL = "PRIVATE KEY";
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*+)-----END PRIVATE KEY-----");

    private KeyFile() {}

    /** The armour of a key. */
    public static String encode(PrivateKey key) {
        return Pem.encode(LABEL, key.getEncoded());
    }

    /** Reads a key whose algorithm is known from its certificate. */
    public static PrivateKey read(Path file, String algorithm) {
        try {
            return decode(InputFile.readText(file), algorithm);
        } catch (IllegalArgumentException e) {
            throw new FileProblem(file + ": " + e.getMessage(), e);
        }
    }

    /** Reads a key from its armour. */
    public static PrivateKey decode(String armour, String algorithm) {
        Matcher block = BLOCK.matcher(armour);
        if (!block.find()) {
            throw new IllegalArgumentException("no unencrypted PKCS#8 private key");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no private key of type " + algorithm, e);
        }
    }
}
