package dev.posthouse.proxy.csr;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.trace.Traces;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.address.ClientAddresses;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Puts together what is recorded of a good CSR: its AccessURL, the hash of its name, its claims.
 */
@Startup
@Singleton
final class Drafts {

    private final ProxyConfig settings;
    private final SessionNameHash nameHash;
    private final AccessUrlSigner signer;
    private final Clock clock;

    Drafts(ProxyConfig settings, SessionNameHash nameHash, AccessUrlSigner signer, Clock clock) {
        this.settings = settings;
        this.nameHash = nameHash;
        this.signer = signer;
        this.clock = clock;
    }

    Draft draft(Csr csr, ClientAddresses.Pair addresses, IpAddress observed) {
        return new Draft(
                nameHash.of(csr.sessionName()),
                csr,
                addresses,
                observed,
                signer.sign(csr.sessionName(), csr.form()),
                clock.instant(),
                new Draft.Claims(openClaim(addresses), keyClaim(csr)),
                Optional.ofNullable(Traces.current()));
    }

    private Optional<String> openClaim(ClientAddresses.Pair addresses) {
        return settings.mode() == ProxyConfig.Mode.WAN
                ? Optional.of(addresses.wan() + "|" + addresses.client())
                : Optional.empty();
    }

    private Optional<String> keyClaim(Csr csr) {
        return settings.csr().uniqueKey() ? Optional.of(sha256(csr.spki())) : Optional.empty();
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
