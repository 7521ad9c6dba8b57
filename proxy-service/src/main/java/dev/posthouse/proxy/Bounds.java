package dev.posthouse.proxy;

import dev.posthouse.common.setting.BadSetting;
import java.time.Duration;

/**
 * What the numbers and times among the settings may be. Plain code: constraint annotations on the
 * configuration would cost every start most of a second.
 */
final class Bounds {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    private Bounds() {}

    /**
     * @throws BadSetting naming the first that cannot work
     */
    static void check(ProxyConfig settings) {
        if (!settings.trustDomain().matches("[a-z0-9._-]{1,255}")) {
            throw new BadSetting("proxy.trust-domain", "is no name of a trust domain");
        }
        BadSetting.unlessAtLeast("proxy.purge-every", SECOND, settings.purgeEvery());
        BadSetting.unlessPositive("proxy.body-timeout", settings.bodyTimeout());
        BadSetting.unlessAtLeast(
                "proxy.access-url.lifetime", SECOND, settings.accessUrl().lifetime());
        check(settings.lead());
        check(settings.worker());
        BadSetting.unlessPositive("proxy.backoff.first", settings.backoff().first());
        BadSetting.unlessPositive("proxy.backoff.cap", settings.backoff().cap());
        check(settings.limits());
    }

    private static void check(ProxyConfig.Lead lead) {
        BadSetting.unlessWithin("proxy.lead.min", Duration.ZERO, DAY, lead.min());
        BadSetting.unlessWithin("proxy.lead.max", Duration.ZERO, DAY, lead.max());
        BadSetting.unlessWithin("proxy.lead.initial", Duration.ZERO, DAY, lead.initial());
    }

    private static void check(ProxyConfig.WorkerSettings worker) {
        BadSetting.unlessWithin("proxy.worker.concurrency", 1, 1_000, worker.concurrency());
        BadSetting.unlessPositive("proxy.worker.lease", worker.lease());
        BadSetting.unlessPositive("proxy.worker.tick", worker.tick());
    }

    private static void check(ProxyConfig.Limits limits) {
        BadSetting.unlessAtLeast(
                "proxy.limits.requests-per-address", 0L, limits.requestsPerAddress());
        BadSetting.unlessAtLeast(
                "proxy.limits.requests-per-network", 0L, limits.requestsPerNetwork());
        BadSetting.unlessAtLeast("proxy.limits.open-sessions", 0, limits.openSessions());
        BadSetting.unlessAtLeast("proxy.limits.admission", 0L, limits.admission());
        BadSetting.unlessAtLeast(
                "proxy.limits.admission-wait", Duration.ZERO, limits.admissionWait());
    }
}
