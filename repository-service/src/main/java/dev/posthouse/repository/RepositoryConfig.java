package dev.posthouse.repository;

import dev.posthouse.common.door.ObservedAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the repository. */
@ConfigMapping(prefix = "repository")
public interface RepositoryConfig {

    /** Prefix of every AccessURL, as clients reach this service; proxies and CA have the same. */
    URI publicUrl();

    /** JWKS file with the keys that verify AccessURLs; reread when it changes. */
    Path accessKeys();

    /** How long an early collector is held before it hears that nothing is ready. */
    @WithDefault("3s")
    Duration hold();

    /** Early collectors held at once; one more hears so at once. */
    @WithDefault("1000")
    int holdLimit();

    /**
     * Whether a certificate may be collected again ({@code repeat}) or goes away ({@code once}).
     */
    @WithDefault("repeat")
    Mode mode();

    /** In mode {@code once}: how long a lost answer may be asked for again. */
    @WithDefault("60s")
    Duration onceDelay();

    /**
     * How long after the first collection a certificate is kept; never past the AccessURL's end.
     */
    @WithDefault("24h")
    Duration retention();

    /** How the collector's address is compared with the certificate's. */
    @WithDefault("exact")
    AddressCheck clientAddressCheck();

    /** Lengths for {@code client-address-check=prefix}. */
    Prefix prefix();

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

    /** Rates; 0 is none. */
    Limits limits();

    /** What happens after the first collection. */
    enum Mode {
        REPEAT,
        ONCE
    }

    /** How the observed address is compared. */
    enum AddressCheck {
        EXACT,
        PREFIX,
        LOG,
        OFF
    }

    /** Lengths of networks that count as the same address. */
    interface Prefix {
        /** Bits of an IPv4 address. */
        @WithDefault("24")
        int ipv4();

        /** Bits of an IPv6 address. */
        @WithDefault("64")
        int ipv6();
    }

    /** Rates per minute, counted by each instance for itself; 0 is none. */
    interface Limits {
        /** Collections per AccessURL. */
        @WithDefault("30")
        long collectionsPerAccessUrl();

        /** Requests per observed address. */
        @WithDefault("300")
        long requestsPerAddress();
    }
}
