package dev.posthouse.ca.key;

import java.time.Clock;
import java.util.List;

/** Issuers that no file holds. */
public final class TestSigningKeys {

    private TestSigningKeys() {}

    /** The keys of these issuers. */
    public static SigningKeys of(Clock clock, Issuer... issuers) {
        return new SigningKeys(List.of(issuers), clock);
    }

    /** What readiness says. */
    public static boolean isWorking(SigningKeys keys) {
        return keys.isWorking();
    }
}
