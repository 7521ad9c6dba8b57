package dev.posthouse.ca.issuance;

import dev.posthouse.ca.CaException.IssuanceRefused;
import java.util.Optional;

/**
 * What stands about a session already.
 *
 * @param contentHash of what was handed over
 * @param refusal why it was refused, or null
 */
public record Recorded(String contentHash, IssuanceRefused refusal) {

    /** Why it was refused, if it was. */
    public Optional<IssuanceRefused> refused() {
        return Optional.ofNullable(refusal);
    }
}
