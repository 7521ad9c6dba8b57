package dev.posthouse.common.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets at rest with AES-256-GCM: a random nonce, then what is sealed, with a name bound to
 * it, so that a row moved to another name opens no more.
 */
public final class Seal {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    private Seal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * With the key of a file: 32 octets in base64.
     *
     * @throws IllegalArgumentException if it holds none
     */
    public static Seal ofKeyFile(Path file) {
        byte[] octets = octets(file);
        if (octets.length != KEY) {
            throw new IllegalArgumentException("must hold " + KEY + " octets in base64: " + file);
        }
        return new Seal(octets);
    }

    /** The decoder's own message would show a character of the key. */
    private static byte[] octets(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return Base64.getDecoder().decode(text.strip());
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot be read: " + file);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    /** Seals a secret under that name. */
    public byte[] close(byte[] secret, String name) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(secret);
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return all;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A secret cannot be sealed.", impossible);
        }
    }

    /** What was sealed under that name, if it was with this key. */
    public Optional<byte[]> open(byte[] sealed, String name) {
        if (sealed.length < NONCE + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), name)
                            .doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (AEADBadTagException otherKey) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A secret cannot be opened.", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
