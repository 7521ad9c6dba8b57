package dev.posthouse.relay;

import dev.posthouse.common.door.ObservedAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of the relaying gateway (PoHTTP, section 17). Sizes are octets; 0 is off. {@code
 * posthouse.clock}, an instant, is where the service's clock stands when it starts, for tests.
 */
@ConfigMapping(prefix = "relay")
public interface RelayConfig {

    /** Our name in parcels and registrations: a dotted DNS name. */
    String internetAddress();

    /** Further names that are ours in {@code recipient.internetAddress}. */
    Optional<Set<String>> internetAddressAliases();

    /** Our own key and certificates. */
    Identity identity();

    /** File with 32 octets in base64: the key that encrypts our private keys in the database. */
    Path secretsKey();

    /** Private gateways. */
    Gateways gateways();

    /** Whether formats B and A are taken. */
    @WithDefault("true")
    boolean legacyFormats();

    /** The door for parcels of strangers. */
    Pohttp pohttp();

    /** The doors of private gateways. */
    Poweb poweb();

    /** The URL for an Internet address, instead of {@code https://address/}. */
    Map<String, String> routes();

    /** Hosts, exact {@code host:port}, that may have any address. */
    Optional<Set<String>> allowPrivate();

    /** PEM files with anchors added to the system's, for outgoing TLS. */
    Optional<List<Path>> trustAnchors();

    /** Delivery of parcels to other gateways. */
    Delivery delivery();

    /** Limits of the doors. */
    Limits limits();

    /** What may wait here. */
    Quota quota();

    /** Proxies before this service whose forwarding header is believed, as CIDR ranges. */
    Optional<List<String>> trustedProxies();

    /** The one header those proxies write. */
    @WithDefault("forwarded")
    ObservedAddress.Header forwardedHeader();

    /** Trust domain of the SPIFFE ids that give roles. */
    @WithDefault("posthouse.local")
    String trustDomain();

    /** How long a request body may take. */
    @WithDefault("60s")
    Duration bodyTimeout();

    /** Who we are (section 6); created at the first start where nothing is imported. */
    interface Identity {
        /** Key file to import: PKCS#8, DER or PEM. */
        Optional<Path> key();

        /** The self-issued certificate of that key: X.509, DER or PEM. */
        Optional<Path> certificate();

        /** Further own self-issued certificates, verifying only. */
        Optional<List<Path>> trusted();
    }

    /** Private gateways. */
    interface Gateways {
        /** Ids that count as registered without a registration. */
        Optional<Set<String>> registered();
    }

    /** Parcel delivery over HTTP (section 8). */
    interface Pohttp {
        /** Its path. */
        @WithDefault("/")
        String path();
    }

    /** PoWeb (section 11.1). */
    interface Poweb {
        /** PoWeb alone, plain HTTP, on 127.0.0.1. */
        Optional<Integer> plainPort();

        /** Unacknowledged deliveries per connection. */
        @WithDefault("5")
        int inFlight();
    }

    /** The schedule of section 9. */
    interface Delivery {
        /** Pause before the first retry; doubles each time until the parcel expires. */
        @WithDefault("30s")
        Duration firstRetry();

        /** The longest pause. */
        @WithDefault("6h")
        Duration retryCap();

        /** One whole attempt. */
        @WithDefault("30s")
        Duration attemptTimeout();
    }

    /** Limits of section 8. */
    interface Limits {
        /** Parcels per source address and minute; beyond it 429. */
        @WithDefault("0")
        long parcelsPerAddress();

        /** Pre-registrations per source address and minute; each costs a signature. */
        @WithDefault("60")
        long registrationsPerAddress();

        /** Octets of bodies being read and judged, in all. */
        @WithDefault("67108864")
        long octetsInFlight();
    }

    /** What may wait here (section 10); beyond it 507. */
    interface Quota {
        /** For one private gateway. */
        Gateway gateway();

        /** For one recipient. */
        Recipient recipient();

        /** Octets in all. */
        @WithDefault("53687091200")
        long octets();

        /** For one private gateway. */
        interface Gateway {
            /** Parcels. */
            @WithDefault("100000")
            long parcels();

            /** Octets. */
            @WithDefault("1073741824")
            long octets();
        }

        /** For one recipient. */
        interface Recipient {
            /** Parcels. */
            @WithDefault("20000")
            long parcels();

            /** Octets. */
            @WithDefault("268435456")
            long octets();
        }
    }
}
