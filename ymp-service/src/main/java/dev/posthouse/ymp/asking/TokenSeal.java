package dev.posthouse.ymp.asking;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.ymp.YmpConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
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
 * Seals tokens at rest (YMP, section 4) with AES-256-GCM: a random nonce, then what is sealed, with
 * the host bound to it, so that a row moved to another host opens no more.
 */
@Singleton
@Startup
final class TokenSeal {

    private static final String SETTING = "ymp.held-token-key";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    TokenSeal(YmpConfig settings) {
        this.key = BadSetting.read(SETTING, () -> key(settings.heldTokenKey()));
    }

    private static SecretKeySpec key(Path file) {
        byte[] octets = octets(file);
        if (octets.length != KEY) {
            throw new IllegalArgumentException("must hold " + KEY + " octets in base64: " + file);
        }
        return new SecretKeySpec(octets, "AES");
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

    byte[] close(String token, HostName host) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, host)
                            .doFinal(token.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return all;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A token cannot be sealed.", impossible);
        }
    }

    /** What was sealed for that host, if it was under this key. */
    Optional<String> open(byte[] sealed, HostName host) {
        if (sealed.length < NONCE + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        try {
            byte[] token =
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), host)
                            .doFinal(sealed, NONCE, sealed.length - NONCE);
            return Optional.of(new String(token, StandardCharsets.UTF_8));
        } catch (AEADBadTagException otherKey) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A token cannot be opened.", impossible);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, HostName host) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(host.text().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
