package dev.posthouse.ymp.asking;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.seal.Seal;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.ymp.YmpConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Seals tokens at rest, each for the host it leads to (YMP, section 4). */
@Singleton
@Startup
final class TokenSeal {

    private final Seal seal;

    TokenSeal(YmpConfig settings) {
        this.seal =
                BadSetting.read(
                        "ymp.held-token-key", () -> Seal.ofKeyFile(settings.heldTokenKey()));
    }

    byte[] close(String token, HostName host) {
        return seal.close(token.getBytes(StandardCharsets.UTF_8), host.text());
    }

    /** What was sealed for that host, if it was under this key. */
    Optional<String> open(byte[] sealed, HostName host) {
        return seal.open(sealed, host.text())
                .map(token -> new String(token, StandardCharsets.UTF_8));
    }
}
