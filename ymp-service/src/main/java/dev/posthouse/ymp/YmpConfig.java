package dev.posthouse.ymp;

import dev.posthouse.common.door.ObservedAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of the YMP host (YMP, section 9). Who proves a role with a JWT instead of a certificate
 * is checked with the settings of MicroProfile JWT, {@code mp.jwt.verify.publickey.location} and
 * {@code mp.jwt.verify.issuer} above all; without a key no JWT is good.
 */
@ConfigMapping(prefix = "ymp")
public interface YmpConfig {

    /** Our name, {@code hostname[:port]}, as written in JSON. */
    String host();

    /** The doors, published in the host information. */
    Paths paths();

    /** Further values of {@code Host} on the protocol doors. */
    Optional<Set<String>> acceptedAuthorities();

    /** PEM files with anchors added to the system's, for calls to peers. */
    Optional<List<Path>> trustAnchors();

    /** Whether hosts show one another certificates as well. */
    @WithDefault("false")
    boolean mutualTls();

    /** Hosts, {@code host[:port]}, that may have any address and the port they are listed with. */
    Optional<Set<String>> allowPrivate();

    /** Ports that may be called besides 443. */
    Optional<Set<Integer>> ports();

    /** If not empty, the only peers. */
    Optional<Set<String>> allowedHosts();

    /** File with 32 octets in base64: the key that encrypts received tokens. */
    Path heldTokenKey();

    /** Of tokens we grant: 1 s to 30 d. */
    @WithDefault("1h")
    Duration tokenLifetime();

    /** Waiting for a grant after the asked host's 204. */
    @WithDefault("15s")
    Duration grantWait();

    /** Pauses after failures, asking and sending alike. */
    Backoff backoff();

    /** What we know of other hosts. */
    HostInfo hostInfo();

    /** Rates per minute, counted by each instance for itself; 0 is none. And other limits. */
    Limits limits();

    /** What one sender may hold in the inbox. */
    Inbox inbox();

    /** Before a message is a dead letter. */
    @WithDefault("3d")
    Duration giveUp();

    /** What host information lists, a JSON array. */
    @WithDefault("[]")
    String serviceProtocols();

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

    /** Where the three calls arrive. */
    interface Paths {
        /** Of requests for a token. */
        @WithDefault("/request")
        String request();

        /** Of grants. */
        @WithDefault("/grant")
        String grant();

        /** Of packets. */
        @WithDefault("/packet")
        String packet();
    }

    /** Pauses after failures. */
    interface Backoff {
        /** The longest before the first retry; doubles each time. */
        @WithDefault("1s")
        Duration first();

        /** The longest of all. */
        @WithDefault("1h")
        Duration cap();
    }

    /** What we know of other hosts (section 2). */
    interface HostInfo {
        /**
         * How long it counts if it does not say so itself; what it says counts within 5 min and 24
         * h.
         */
        @WithDefault("1h")
        Duration lifetime();

        /** The pause after a failed look-up; doubles up to 1 h. */
        @WithDefault("1m")
        Duration failurePause();
    }

    /** Limits of section 5. */
    interface Limits {
        /** Requests for a token per source address and minute. */
        @WithDefault("60")
        long requestsPerAddress();

        /** Grants per source address and minute. */
        @WithDefault("600")
        long grantsPerAddress();

        /** Callbacks per named host and minute. */
        @WithDefault("10")
        long callbacksPerHost();

        /** Callbacks in flight in all. */
        @WithDefault("200")
        int callbacks();

        /** Requests for a token that wait, in all. */
        @WithDefault("10000")
        int requests();

        /** Failed grants in a row, after which a host is not called for a while; 0 is never. */
        @WithDefault("10")
        int grantFailures();

        /** How long that is. */
        @WithDefault("10m")
        Duration grantPause();
    }

    /** What one sender may hold unacknowledged (section 6). */
    interface Inbox {
        /** Messages. */
        @WithDefault("100000")
        long messages();

        /** Octets. */
        @WithDefault("268435456")
        long octets();
    }
}
