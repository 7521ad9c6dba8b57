package dev.posthouse.relay;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings of a service that is not running: the defaults, and what a test sets. */
public final class TestSettings {

    private TestSettings() {}

    /** These settings; what has no default is something harmless. */
    public static RelayConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RelayConfig.class)
                .withDefaultValue("relay.internet-address", RelayUnderTest.ADDRESS)
                .withDefaultValue("relay.secrets-key", "/nowhere/secrets.key")
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(RelayConfig.class);
    }
}
