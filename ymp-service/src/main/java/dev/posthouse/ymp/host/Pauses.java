package dev.posthouse.ymp.host;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.queue.Backoff;
import dev.posthouse.ymp.YmpConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Hosts that strangers name and that say nothing of themselves are left alone for a while (YMP,
 * section 2). In memory, and not for ever: anybody can make up a million of them, and one that is
 * forgotten too early costs a call.
 */
@Singleton
final class Pauses {

    private static final int MOST = 10_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Backoff backoff;
    private final Clock clock;
    private final Cache<HostName, Pause> pauses =
            Caffeine.newBuilder()
                    .maximumSize(MOST)
                    .expireAfterWrite(LONGEST.multipliedBy(2))
                    .build();

    private record Pause(int failures, Instant until) {}

    Pauses(YmpConfig settings, Clock clock) {
        this.backoff = new Backoff(settings.hostInfo().failurePause(), LONGEST);
        this.clock = clock;
    }

    boolean isPaused(HostName host) {
        Pause pause = pauses.getIfPresent(host);
        return pause != null && isUnderWay(pause);
    }

    /** A look-up was in vain; those that waited for the same one count once. */
    void failed(HostName host) {
        pauses.asMap()
                .compute(
                        host,
                        (name, before) ->
                                before != null && isUnderWay(before)
                                        ? before
                                        : after(before == null ? 1 : before.failures() + 1));
    }

    void end(HostName host) {
        pauses.invalidate(host);
    }

    private boolean isUnderWay(Pause pause) {
        return clock.instant().isBefore(pause.until());
    }

    private Pause after(int failures) {
        return new Pause(failures, clock.instant().plus(backoff.bound(failures)));
    }
}
