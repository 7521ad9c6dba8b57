package dev.posthouse.proxy.csr;

import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.ProxyConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a session is known by in the database: a keyed hash of its name (certificates, section 4).
 */
@Singleton
final class SessionNameHash {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_OCTETS = 32;

    private final SecretKeySpec key;

    SessionNameHash(ProxyConfig settings) {
        this.key = new SecretKeySpec(read(settings), ALGORITHM);
    }

    private static byte[] read(ProxyConfig settings) {
        try {
            byte[] secret = Files.readAllBytes(settings.nameKey());
            if (secret.length < LEAST_OCTETS) {
                throw new BadSetting(
                        "proxy.name-key", settings.nameKey() + " has fewer than 32 octets");
            }
            return secret;
        } catch (IOException unreadable) {
            throw new BadSetting("proxy.name-key", settings.nameKey() + " cannot be read");
        }
    }

    String of(SessionName sessionName) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of()
                    .formatHex(
                            mac.doFinal(sessionName.value().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
