package dev.posthouse.bench.ymp;

import dev.posthouse.bench.rig.Bed;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a YMP host is told here: its name, whom it may call, no limits. */
final class HostSettings {

    private static final String OFF = "0";
    private static final String MANY = "100000000000";

    private HostSettings() {}

    /**
     * @param url where it listens
     * @param others whom it exchanges messages with
     */
    static Map<String, String> of(Bed bed, URI url, List<String> others) {
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.http.port", String.valueOf(url.getPort()));
        settings.put("quarkus.http.ssl-port", String.valueOf(url.getPort()));
        settings.put("ymp.host", url.getAuthority());
        settings.put("ymp.trust-anchors", bed.pki().trustAnchor().toString());
        settings.put("ymp.allow-private", String.join(",", others));
        settings.put("ymp.limits.requests-per-address", OFF);
        settings.put("ymp.limits.grants-per-address", OFF);
        settings.put("ymp.limits.callbacks-per-host", OFF);
        settings.put("ymp.inbox.messages", MANY);
        settings.put("ymp.inbox.octets", MANY);
        return settings;
    }
}
