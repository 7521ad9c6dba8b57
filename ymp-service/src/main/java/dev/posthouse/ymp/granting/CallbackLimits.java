package dev.posthouse.ymp.granting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.YmpConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How often we call a host that others name (YMP, section 5, amplification): so often a minute, and
 * for a while not at all after so many grants in vain. In memory and bounded, whatever is named.
 */
@Singleton
final class CallbackLimits {

    private static final int MOST_HOSTS = 100_000;
    private static final Duration MEMORY = Duration.ofHours(1);

    private final RateLimit rate;
    private final int mostFailures;
    private final Duration pause;
    private final Clock clock;
    private final Cache<HostName, Streak> streaks;

    /** Failures in a row; after the last of them, until when the host is left alone. */
    private record Streak(int failures, Instant pausedUntil) {}

    CallbackLimits(YmpConfig settings, Clock clock) {
        YmpConfig.Limits limits = settings.limits();
        this.rate = RateLimit.inWholePeriods(limits.callbacksPerHost(), Duration.ofMinutes(1));
        this.mostFailures = limits.grantFailures();
        this.pause = limits.grantPause();
        this.clock = clock;
        this.streaks =
                Caffeine.newBuilder()
                        .maximumSize(MOST_HOSTS)
                        .expireAfterWrite(pause.plus(MEMORY))
                        .build();
    }

    /** Counts a callback, if the host may have another. */
    boolean take(HostName host) {
        return rate.take(host).isEmpty();
    }

    /** Whether its grants have failed too often. */
    boolean isPaused(HostName host) {
        Streak streak = streaks.getIfPresent(host);
        return streak != null && clock.instant().isBefore(streak.pausedUntil());
    }

    void granted(HostName host) {
        streaks.invalidate(host);
    }

    void failed(HostName host) {
        if (mostFailures > 0) {
            streaks.asMap().merge(host, longer(0), (old, one) -> longer(old.failures()));
        }
    }

    private Streak longer(int failures) {
        return failures + 1 < mostFailures
                ? new Streak(failures + 1, Instant.MIN)
                : new Streak(0, clock.instant().plus(pause));
    }
}
