package dev.posthouse.relay;

import dev.posthouse.common.node.NodeCertificates;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.testing.RsaKeys;
import dev.posthouse.testing.ServiceResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;

/** Settings that a few calls reach the ends of, and another root of ours. */
public final class TightSettings implements QuarkusTestProfile {

    static final Path ROOT = ServiceResource.directory().resolve("former-root.crt.der");
    static final Path ROOT_KEY = ServiceResource.directory().resolve("former-root.pkcs8.der");

    @Override
    public Map<String, String> getConfigOverrides() {
        writeFormerRoot();
        return Map.ofEntries(
                Map.entry("relay.allow-private", SilentHosts.LISTED),
                Map.entry("relay.pohttp.path", "/v1/pohttp"),
                Map.entry("relay.body-timeout", "20s"),
                Map.entry("relay.identity.trusted", ROOT.toString()),
                Map.entry("relay.limits.parcels-per-address", "5"),
                Map.entry("relay.limits.octets-in-flight", "8322037"),
                Map.entry("relay.quota.recipient.parcels", "3"),
                Map.entry("relay.quota.recipient.octets", "100000"),
                Map.entry("relay.quota.gateway.parcels", "5"),
                Map.entry("relay.quota.gateway.octets", "150000"),
                Map.entry("relay.quota.octets", "2000000"));
    }

    private static void writeFormerRoot() {
        try {
            KeyPair pair = RsaKeys.next();
            Files.write(ROOT_KEY, pair.getPrivate().getEncoded());
            Files.write(
                    ROOT,
                    NodeCertificates.issue(
                                    pair,
                                    pair.getPublic(),
                                    NodeRole.INTERNET_GATEWAY,
                                    MovedClock.AT.minus(Duration.ofDays(200)),
                                    MovedClock.AT.plus(Duration.ofDays(160)))
                            .octets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
