package dev.posthouse.relay.registration;

import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.identity.OwnIdentity;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Authorises a node to register: whoever shows within 10 seconds that it has the key of this digest
 * (PoHTTP, section 11.1). Nothing is stored.
 */
@Singleton
final class PreRegisterNode {

    static final Duration LIFE = Duration.ofSeconds(10);

    /** The digest comes first; after it stands what no other authorisation has. */
    static final int DIGEST = 32;

    private static final int NONCE = 16;
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OwnIdentity us;
    private final Clock clock;

    PreRegisterNode(OwnIdentity us, Clock clock) {
        this.us = us;
        this.clock = clock;
    }

    /** Authorises the key whose SubjectPublicKeyInfo has this digest, in hex. */
    RegistrationAuthorization preRegister(String keyDigest) {
        if (!HEX.matcher(keyDigest).matches()) {
            throw RelayException.malformed(
                    "registration.digest", "The body is not a SHA-256 digest in hex.");
        }
        Instant expires = clock.instant().plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
        byte[] gatewayData = gatewayData(HexFormat.of().parseHex(keyDigest));
        byte[] signed = RegistrationAuthorization.signed(expires, gatewayData);
        return new RegistrationAuthorization(expires, gatewayData, us.sign(signed));
    }

    private static byte[] gatewayData(byte[] digest) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] all = Arrays.copyOf(digest, DIGEST + NONCE);
        System.arraycopy(nonce, 0, all, DIGEST, NONCE);
        return all;
    }
}
