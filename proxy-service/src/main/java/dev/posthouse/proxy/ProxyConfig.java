package dev.posthouse.proxy;

import dev.posthouse.common.door.ObservedAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the proxy. */
@ConfigMapping(prefix = "proxy")
public interface ProxyConfig {

    /** Where the proxy stands: inside the clients' network, or outside of it. */
    @WithDefault("lan")
    Mode mode();

    /** In mode {@code lan}: the network's outside address; learned from the CA when unset. */
    Optional<String> wanAddress();

    /** In mode {@code wan}: the local addresses a client may claim, as CIDR ranges. */
    @WithDefault("10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,100.64.0.0/10,fc00::/7")
    List<String> claimedRanges();

    /** Proxies before this one whose forwarding header is believed, as CIDR ranges. */
    Optional<List<String>> trustedProxies();

    /** The one header those proxies write. */
    @WithDefault("forwarded")
    ObservedAddress.Header forwardedHeader();

    /** Addresses beyond ordinary unicast. */
    Addresses addresses();

    /** What a CSR may be. */
    CsrSettings csr();

    /** Prefix of every AccessURL: the repository as clients reach it. */
    URI repositoryUrl();

    /** The CA, as this proxy reaches it. */
    URI caUrl();

    /** Private JWK file that signs AccessURLs; reread when it changes. */
    Path accessKey();

    /** AccessURLs. */
    AccessUrls accessUrl();

    /**
     * File with at least 32 secret octets, the same for every replica: keys the hash of session
     * names.
     */
    Path nameKey();

    /** Trust domain of the SPIFFE ids. */
    @WithDefault("posthouse.local")
    String trustDomain();

    /** The lead_time that clients are told. */
    Lead lead();

    /** The worker that hands CSRs to the CA. */
    WorkerSettings worker();

    /** Pauses between tries to reach the CA. */
    BackoffSettings backoff();

    /** Pause between two rounds of forgetting sessions whose time is over. */
    @WithDefault("24h")
    Duration purgeEvery();

    /** How long a request body may take. */
    @WithDefault("10s")
    Duration bodyTimeout();

    /** Rates and numbers; 0 is none. */
    Limits limits();

    /** Where the proxy stands. */
    enum Mode {
        LAN,
        WAN
    }

    /** What is done with extensions a certificate would never get. */
    enum Extensions {
        REFUSE,
        IGNORE
    }

    /** Addresses beyond ordinary unicast. */
    interface Addresses {
        /** Loopback addresses; for tests and playgrounds. */
        @WithDefault("false")
        boolean allowLoopback();

        /** Link-local addresses, which are not unique. */
        @WithDefault("false")
        boolean allowLinkLocal();
    }

    /** What a CSR may be. */
    interface CsrSettings {
        /** Requested extensions other than the SAN. */
        @WithDefault("refuse")
        Extensions extensions();

        /** Ed25519 keys. */
        @WithDefault("true")
        boolean ed25519();

        /** File with one SHA-256 of a refused SPKI per line, hex. */
        Optional<Path> blockedKeys();

        /** Whether a key may serve one live session only. */
        @WithDefault("false")
        boolean uniqueKey();
    }

    /** AccessURLs. */
    interface AccessUrls {
        /** How long a session lives. */
        @WithDefault("24h")
        Duration lifetime();
    }

    /** Bounds of the lead_time. */
    interface Lead {
        /** The least that is promised. */
        @WithDefault("1s")
        Duration min();

        /** The most, unless a CSR waits longer already. */
        @WithDefault("300s")
        Duration max();

        /** What is promised before the first sample. */
        @WithDefault("5s")
        Duration initial();
    }

    /** The worker that hands CSRs to the CA. */
    interface WorkerSettings {
        /** Calls to the CA under way at once. */
        @WithDefault("64")
        int concurrency();

        /** How long a claimed CSR is left to the replica that claimed it. */
        @WithDefault("30s")
        Duration lease();

        /** The longest pause between two looks at the database. */
        @WithDefault("1s")
        Duration tick();
    }

    /** Full jitter between zero and first·2ⁿ, at most cap. */
    interface BackoffSettings {
        /** Bound of the first pause. */
        @WithDefault("1s")
        Duration first();

        /** Bound of any pause. */
        @WithDefault("5m")
        Duration cap();
    }

    /** Rates are counted by each instance for itself; 0 is none. */
    interface Limits {
        /** Requests per minute and observed address. */
        @WithDefault("10")
        long requestsPerAddress();

        /** Requests per minute and network (/24, /64). */
        @WithDefault("60")
        long requestsPerNetwork();

        /** Sessions per observed address that wait for the CA. */
        @WithDefault("5")
        int openSessions();

        /** Requests per second let in altogether. */
        @WithDefault("500")
        long admission();

        /** How long a request may queue for that. */
        @WithDefault("1s")
        Duration admissionWait();
    }
}
