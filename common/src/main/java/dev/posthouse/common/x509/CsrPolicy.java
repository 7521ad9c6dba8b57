package dev.posthouse.common.x509;

import dev.posthouse.common.net.AddressRules;
import java.util.function.Predicate;

/**
 * What an operator decides about CSRs (certificates, section 5).
 *
 * @param ignoreExtensions whether requested extensions beside the SAN are passed over, not refused
 * @param ed25519 whether Ed25519 keys are allowed
 * @param addresses which addresses a CSR may name
 * @param blockedKey whether the SHA-256 of a canonical SubjectPublicKeyInfo is on the blocklist
 */
public record CsrPolicy(
        boolean ignoreExtensions,
        boolean ed25519,
        AddressRules addresses,
        Predicate<byte[]> blockedKey) {}
