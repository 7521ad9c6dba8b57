package dev.posthouse.ymp;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings of a service that is not running: the defaults, and what a test sets. */
public final class TestSettings {

    private TestSettings() {}

    /** These settings; what has no default is something harmless. */
    public static YmpConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(YmpConfig.class)
                .withDefaultValue("ymp.host", YmpUnderTest.HOST)
                .withDefaultValue("ymp.held-token-key", "/nowhere/held-token.key")
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(YmpConfig.class);
    }
}
