package dev.posthouse.ca;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings of a service that is not running: the defaults, and what a test sets. */
public final class TestSettings {

    private TestSettings() {}

    /** These settings; what has no default is something harmless. */
    public static CaConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(CaConfig.class)
                .withDefaultValue("ca.repository-url", CaResource.PUBLIC_URL)
                .withDefaultValue("ca.access-keys", "/nowhere/access-keys.jwks")
                .withDefaultValue("ca.issuer.key-stores", "/nowhere/issuing.p12")
                .withDefaultValue("ca.issuer.passphrase-file", "/nowhere/passphrase")
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(CaConfig.class);
    }
}
