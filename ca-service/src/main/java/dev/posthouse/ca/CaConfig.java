package dev.posthouse.ca;

import dev.posthouse.common.door.ObservedAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the CA. */
@ConfigMapping(prefix = "ca")
public interface CaConfig {

    /** The repository's public URL: prefix of every AccessURL; proxies and repository have it. */
    URI repositoryUrl();

    /**
     * Where the repository takes certificates; {@code ca.repository-url} when unset. Read by the
     * REST client's own settings.
     */
    Optional<URI> repositoryInternalUrl();

    /** JWKS file with the keys that verify AccessURLs; reread when it changes. */
    Path accessKeys();

    /** Domain of AccessNames; must agree with the issuer's constraint. None when unset. */
    Optional<String> accessDomain();

    /** The issuing CA. */
    Issuing issuer();

    /** Where devices' users find the issuing certificate (DER); left out when unset. */
    Optional<URI> issuerUrl();

    /** What certificates look like. */
    Profile profile();

    /** Which CSRs are taken. */
    CsrRule csr();

    /** Which addresses are certified. */
    Addresses addresses();

    /** The lead_time promised to proxies. */
    Lead lead();

    /** Signing and delivering. */
    Work worker();

    /** Pauses before a repeat. */
    Pause backoff();

    /** Rates; 0 is none. */
    Limits limits();

    /** Proxies before this service whose forwarding header is believed, as CIDR ranges. */
    Optional<List<String>> trustedProxies();

    /** The one header those proxies write. */
    @WithDefault("forwarded")
    ObservedAddress.Header forwardedHeader();

    /** Trust domain of the SPIFFE ids that give roles. */
    @WithDefault("posthouse.local")
    String trustDomain();

    /** How long a request body may take. */
    @WithDefault("10s")
    Duration bodyTimeout();

    /** Keys that sign certificates. */
    interface Issuing {
        /** PKCS#12 files, each with one issuing key and its chain; the newest signs. */
        List<Path> keyStores();

        /** File with the passphrase of all of them. */
        Path passphraseFile();
    }

    /** Fields of a certificate that an operator decides (certificates, section 10). */
    interface Profile {
        /** From now to notAfter: 1 to 397 days. */
        @WithDefault("14d")
        Duration lifetime();

        /** From notBefore to now, for clocks that are slow. */
        @WithDefault("30m")
        Duration skew();

        /** Whether RSA keys get keyEncipherment too. */
        @WithDefault("false")
        boolean rsaKeyEncipherment();

        /** OID of the certificate policy; left out when unset. */
        Optional<String> policy();
    }

    /** Rules of certificates, section 5 that an operator decides. */
    interface CsrRule {
        /** What happens to extensions other than the SAN. */
        @WithDefault("refuse")
        Extensions extensions();

        /** Whether Ed25519 keys are taken. */
        @WithDefault("true")
        boolean ed25519();

        /** Whether a key may serve one live session only. */
        @WithDefault("false")
        boolean uniqueKey();

        /** File of blocked keys: SHA-256 of the SubjectPublicKeyInfo in hex, one per line. */
        Optional<Path> blockedKeys();
    }

    /** What happens to extensions a CSR must not ask for. */
    enum Extensions {
        REFUSE,
        IGNORE
    }

    /** Addresses that are certified only when an operator says so. */
    interface Addresses {
        /** Loopback: for tests. */
        @WithDefault("false")
        boolean allowLoopback();

        /** Link-local addresses, which are not unique. */
        @WithDefault("false")
        boolean allowLinkLocal();
    }

    /** Bounds of lead_time. */
    interface Lead {
        /** The least. */
        @WithDefault("1s")
        Duration min();

        /** The most. */
        @WithDefault("300s")
        Duration max();

        /** Before anything was measured. */
        @WithDefault("5s")
        Duration initial();
    }

    /** How work is taken up. */
    interface Work {
        /** CSRs signed per round. */
        @WithDefault("200")
        int batch();

        /** Signatures made at once; as many as there are processors when 0. */
        @WithDefault("0")
        int signers();

        /** Deliveries to the repository under way at once. */
        @WithDefault("64")
        int concurrency();

        /** How long a replica may take for what it took up before another takes over. */
        @WithDefault("30s")
        Duration lease();

        /** The longest pause before looking for work that nobody announced. */
        @WithDefault("1s")
        Duration tick();
    }

    /** Exponential backoff with full jitter. */
    interface Pause {
        /** Bound of the first pause; doubles each time. */
        @WithDefault("1s")
        Duration first();

        /** Bound of every pause. */
        @WithDefault("5m")
        Duration cap();
    }

    /** Rates, counted by each instance for itself; 0 is none. */
    interface Limits {
        /** Requests per proxy identity and second. */
        @WithDefault("1000")
        long requestsPerProxy();
    }
}
