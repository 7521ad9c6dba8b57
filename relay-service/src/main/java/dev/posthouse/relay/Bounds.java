package dev.posthouse.relay;

import dev.posthouse.common.setting.BadSetting;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the settings may be, where nobody else reads them at the start. Plain code: constraint
 * annotations on the configuration would cost every start most of a second.
 */
final class Bounds {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_PATH = 256;
    private static final int MOST_IN_FLIGHT = 1000;

    /** With a dot, and no address: the clients refuse anything else (PoHTTP, section 11.1). */
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
                            + "(?![0-9]+$)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static final Pattern PATH =
            Pattern.compile("(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+");

    /** Whoever joins such a path to a host ends elsewhere. */
    private static final Pattern AMBIGUOUS = Pattern.compile("//|\\.\\.|/\\.(?:/|$)");

    /** By PoWeb and by operators. */
    private static final Pattern TAKEN =
            Pattern.compile(
                    "(?:/v1)?/connection-params\\.der"
                            + "|/v1/(?:pre-registrations?|nodes|parcels|parcel-collection)"
                            + "|/admin/(?:parcels|dead-letters(?:/redrive)?|gateways|queues)"
                            + "|/admin/gateways/[^/]+/(?:revoke|readmit)"
                            + "|/admin/queues/0[0-9a-f]{64}");

    private static final Pattern GATEWAY = Pattern.compile("0[0-9a-f]{64}");

    void check(@Observes StartupEvent starting, RelayConfig settings) {
        check(settings);
    }

    /**
     * @throws BadSetting naming the first that cannot work
     */
    static void check(RelayConfig settings) {
        requireName("relay.internet-address", settings.internetAddress());
        settings.internetAddressAliases()
                .orElse(Set.of())
                .forEach(alias -> requireName("relay.internet-address-aliases", alias));
        settings.gateways().registered().orElse(Set.of()).forEach(Bounds::requireGateway);
        checkDoors(settings);
        checkDelivery(settings.delivery());
        checkLimits(settings.limits());
        checkQuota(settings.quota());
    }

    private static void requireName(String setting, String name) {
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new BadSetting(setting, "must be a DNS name with a dot");
        }
    }

    private static void requireGateway(String id) {
        if (!GATEWAY.matcher(id).matches()) {
            throw new BadSetting(
                    "relay.gateways.registered", "must be ids, a 0 and 64 small hex digits");
        }
    }

    private static void checkDoors(RelayConfig settings) {
        String path = settings.pohttp().path();
        if (path.length() > LONGEST_PATH
                || !PATH.matcher(path).matches()
                || AMBIGUOUS.matcher(path).find()) {
            throw new BadSetting("relay.pohttp.path", "must be a plain path that starts with /");
        }
        if (TAKEN.matcher(path).matches()) {
            throw new BadSetting("relay.pohttp.path", "is the path of another door");
        }
        settings.poweb()
                .plainPort()
                .ifPresent(
                        port -> BadSetting.unlessWithin("relay.poweb.plain-port", 0, 65_535, port));
        BadSetting.unlessWithin(
                "relay.poweb.in-flight", 1, MOST_IN_FLIGHT, settings.poweb().inFlight());
        BadSetting.unlessAtLeast(
                "relay.body-timeout", Duration.ofMillis(1), settings.bodyTimeout());
    }

    private static void checkDelivery(RelayConfig.Delivery delivery) {
        BadSetting.unlessPositive("relay.delivery.first-retry", delivery.firstRetry());
        BadSetting.unlessAtLeast(
                "relay.delivery.retry-cap", delivery.firstRetry(), delivery.retryCap());
        BadSetting.unlessPositive("relay.delivery.attempt-timeout", delivery.attemptTimeout());
    }

    private static void checkLimits(RelayConfig.Limits limits) {
        BadSetting.unlessAtLeast(
                "relay.limits.parcels-per-address", 0L, limits.parcelsPerAddress());
        BadSetting.unlessAtLeast(
                "relay.limits.registrations-per-address", 0L, limits.registrationsPerAddress());
        if (limits.octetsInFlight() != 0) {
            // Else the longest parcel would never be let in.
            BadSetting.unlessAtLeast(
                    "relay.limits.octets-in-flight",
                    (long) RelayDoors.PARCEL,
                    limits.octetsInFlight());
        }
    }

    private static void checkQuota(RelayConfig.Quota quota) {
        BadSetting.unlessAtLeast("relay.quota.gateway.parcels", 0L, quota.gateway().parcels());
        BadSetting.unlessAtLeast("relay.quota.gateway.octets", 0L, quota.gateway().octets());
        BadSetting.unlessAtLeast("relay.quota.recipient.parcels", 0L, quota.recipient().parcels());
        BadSetting.unlessAtLeast("relay.quota.recipient.octets", 0L, quota.recipient().octets());
        BadSetting.unlessAtLeast("relay.quota.octets", 0L, quota.octets());
    }
}
