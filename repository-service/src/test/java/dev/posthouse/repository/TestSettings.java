package dev.posthouse.repository;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings of a service that is not running: the defaults, and what a test sets. */
public final class TestSettings {

    private TestSettings() {}

    /** These settings; what has no default is something harmless. */
    public static RepositoryConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RepositoryConfig.class)
                .withDefaultValue("repository.public-url", "https://repository.example")
                .withDefaultValue("repository.access-keys", "/nowhere/access-keys.jwks")
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(RepositoryConfig.class);
    }
}
