package dev.posthouse.proxy.lead;

import dev.posthouse.common.lead.LeadTime;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.proxy.ProxyConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What clients are told to wait (certificates, section 8): learned from what certificates took,
 * never below the age of the oldest CSR that the CA does not have yet, so that it stays honest
 * while CA or Kafka is away.
 */
@Startup
@Singleton
public final class LeadEstimate {

    private final LeadTime learned;
    private final Clock clock;
    private volatile Optional<Instant> oldestWaiting = Optional.empty();

    LeadEstimate(ProxyConfig settings, Clock clock) {
        this.clock = clock;
        ProxyConfig.Lead bounds = settings.lead();
        if (bounds.min().compareTo(bounds.max()) > 0) {
            throw new BadSetting("proxy.lead.min", "is more than proxy.lead.max");
        }
        this.learned = new LeadTime(bounds.min(), bounds.max(), bounds.initial(), clock);
    }

    /** Seconds for a CSR accepted then; a repeat hears what remains. */
    public long remaining(Instant acceptedAt, boolean waiting) {
        long estimate = seconds();
        if (waiting) {
            return estimate;
        }
        return Math.max(0, estimate - Duration.between(acceptedAt, clock.instant()).toSeconds());
    }

    /** Seconds for a CSR accepted now. */
    public long seconds() {
        return Math.max(learned.seconds(), age().plusSeconds(1).minusNanos(1).toSeconds());
    }

    /** How long the oldest CSR has waited for the CA. */
    public Duration age() {
        return oldestWaiting
                .map(since -> Duration.between(since, clock.instant()))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** A certificate was ready after so long. */
    public void sample(Duration taken) {
        learned.sample(taken);
    }

    /** Since when the oldest CSR has waited for the CA, if any does. */
    public void waitingSince(Optional<Instant> since) {
        oldestWaiting = since;
    }
}
