package dev.posthouse.proxy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings for tests without an application: the defaults, what has none, and what a test says. */
public final class ProxySettings {

    private ProxySettings() {}

    /** Names and values in turn; a name with an empty value is taken away. */
    public static ProxyConfig of(String... changes) {
        Map<String, String> values =
                new HashMap<>(
                        Map.of(
                                "proxy.repository-url", "https://repository.example",
                                "proxy.ca-url", "https://ca.example",
                                "proxy.access-key", "access-key.jwk",
                                "proxy.name-key", "name.key"));
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        values.values().removeIf(String::isEmpty);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .withMapping(ProxyConfig.class)
                .build()
                .getConfigMapping(ProxyConfig.class);
    }
}
