package dev.posthouse.relay;

import dev.posthouse.common.setting.BadSetting;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import jakarta.enterprise.event.Observes;

/** The key that JWTs are verified with, if there is one: read at start rather than at the first. */
final class TokenKey {

    void read(@Observes StartupEvent starting, JWTAuthContextInfo keys) {
        try {
            keys.getPublicKeyLocation();
        } catch (RuntimeException unreadable) {
            throw new BadSetting("mp.jwt.verify.publickey.location", "cannot be read", unreadable);
        }
    }
}
