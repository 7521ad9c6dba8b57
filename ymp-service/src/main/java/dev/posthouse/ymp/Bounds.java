package dev.posthouse.ymp;

import dev.posthouse.common.setting.BadSetting;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What the settings may be. Plain code: constraint annotations on the configuration would cost
 * every start most of a second.
 */
final class Bounds {

    private static final Logger LOG = Logger.getLogger(Bounds.class);

    private static final Duration SHORTEST_TOKEN = Duration.ofSeconds(1);
    private static final Duration LONGEST_TOKEN = Duration.ofDays(30);
    private static final Duration SHORT_TOKEN = Duration.ofMinutes(1);

    /** How long a state counts that we have sent (YMP, section 4). */
    private static final Duration STATE = Duration.ofMinutes(1);

    private static final Duration LONGEST_INFO = Duration.ofDays(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private Bounds() {}

    /**
     * @throws BadSetting naming the first that cannot work
     */
    static void check(YmpConfig settings) {
        PublicPaths.check(settings.paths());
        checkPeers(settings);
        checkTokens(settings);
        checkPauses(settings);
        checkLimits(settings.limits());
        BadSetting.unlessAtLeast("ymp.inbox.messages", 1L, settings.inbox().messages());
        BadSetting.unlessAtLeast("ymp.inbox.octets", 1L, settings.inbox().octets());
        BadSetting.unlessPositive("ymp.give-up", settings.giveUp());
        BadSetting.unlessPositive("ymp.body-timeout", settings.bodyTimeout());
    }

    private static void checkPeers(YmpConfig settings) {
        BadSetting.read(
                "ymp.allowed-hosts",
                () -> YmpBeans.names(settings.allowedHosts().orElse(Set.of())));
        for (int port : settings.ports().orElse(Set.of())) {
            BadSetting.unlessWithin("ymp.ports", 1, 65_535, port);
        }
    }

    private static void checkTokens(YmpConfig settings) {
        Duration lifetime = settings.tokenLifetime();
        BadSetting.unlessWithin("ymp.token-lifetime", SHORTEST_TOKEN, LONGEST_TOKEN, lifetime);
        if (lifetime.compareTo(SHORT_TOKEN) < 0) {
            LOG.warnf("ymp.token-lifetime is short: peers will ask every %s", lifetime);
        }
        BadSetting.unlessPositive("ymp.grant-wait", settings.grantWait());
        BadSetting.unlessWithin("ymp.grant-wait", Duration.ZERO, STATE, settings.grantWait());
    }

    private static void checkPauses(YmpConfig settings) {
        YmpConfig.Backoff backoff = settings.backoff();
        BadSetting.unlessPositive("ymp.backoff.first", backoff.first());
        BadSetting.unlessAtLeast("ymp.backoff.cap", backoff.first(), backoff.cap());
        YmpConfig.HostInfo info = settings.hostInfo();
        BadSetting.unlessPositive("ymp.host-info.lifetime", info.lifetime());
        BadSetting.unlessWithin(
                "ymp.host-info.lifetime", Duration.ZERO, LONGEST_INFO, info.lifetime());
        BadSetting.unlessPositive("ymp.host-info.failure-pause", info.failurePause());
        BadSetting.unlessWithin(
                "ymp.host-info.failure-pause", Duration.ZERO, LONGEST_PAUSE, info.failurePause());
    }

    private static void checkLimits(YmpConfig.Limits limits) {
        BadSetting.unlessAtLeast(
                "ymp.limits.requests-per-address", 0L, limits.requestsPerAddress());
        BadSetting.unlessAtLeast("ymp.limits.grants-per-address", 0L, limits.grantsPerAddress());
        BadSetting.unlessAtLeast("ymp.limits.callbacks-per-host", 0L, limits.callbacksPerHost());
        BadSetting.unlessAtLeast("ymp.limits.callbacks", 1, limits.callbacks());
        BadSetting.unlessAtLeast("ymp.limits.requests", 1, limits.requests());
        BadSetting.unlessAtLeast("ymp.limits.grant-failures", 0, limits.grantFailures());
        BadSetting.unlessPositive("ymp.limits.grant-pause", limits.grantPause());
    }
}
