package dev.posthouse.repository;

import dev.posthouse.common.setting.BadSetting;
import java.time.Duration;

/**
 * What the numbers and times among the settings may be. Plain code: constraint annotations on the
 * configuration would cost every start most of a second.
 */
final class Bounds {

    private Bounds() {}

    /**
     * @throws BadSetting naming the first that cannot work
     */
    static void check(RepositoryConfig settings) {
        BadSetting.unlessPositive("repository.body-timeout", settings.bodyTimeout());
        BadSetting.unlessAtLeast("repository.hold", Duration.ZERO, settings.hold());
        BadSetting.unlessAtLeast("repository.hold-limit", 0, settings.holdLimit());
        BadSetting.unlessWithin("repository.prefix.ipv4", 0, 32, settings.prefix().ipv4());
        BadSetting.unlessWithin("repository.prefix.ipv6", 0, 128, settings.prefix().ipv6());
        BadSetting.unlessAtLeast(
                "repository.limits.collections-per-access-url",
                0L,
                settings.limits().collectionsPerAccessUrl());
        BadSetting.unlessAtLeast(
                "repository.limits.requests-per-address",
                0L,
                settings.limits().requestsPerAddress());
    }
}
