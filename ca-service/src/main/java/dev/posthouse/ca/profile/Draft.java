package dev.posthouse.ca.profile;

import dev.posthouse.ca.key.Issuer;
import java.time.Instant;

/**
 * A certificate about to be signed (certificates, section 10).
 *
 * @param serialNumber reserved for it
 * @param requester whom it is for
 * @param notBefore whole seconds
 * @param notAfter whole seconds, not beyond the issuer's
 * @param issuer who signs
 */
public record Draft(
        SerialNumber serialNumber,
        Requester requester,
        Instant notBefore,
        Instant notAfter,
        Issuer issuer) {}
