package dev.posthouse.proxy.handover;

import dev.posthouse.proxy.csr.WaitingCsrs.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;

/** How CSRs fare on their way to the CA (certificates, section 12). */
@Singleton
final class HandOverMetrics {

    private final Clock clock;
    private final Counter accepted;
    private final Counter refused;
    private final Counter expired;
    private final Counter retried;
    private final Timer latency;

    HandOverMetrics(MeterRegistry metrics, Clock clock) {
        this.clock = clock;
        this.accepted = counter(metrics, "accepted");
        this.refused = counter(metrics, "refused");
        this.expired = counter(metrics, "expired");
        this.retried = counter(metrics, "retried");
        this.latency =
                Timer.builder("posthouse.handover.latency")
                        .description("From a CSR's acceptance to the CA's answer for good")
                        .serviceLevelObjectives(
                                Stream.of(100, 500, 1_000, 5_000, 30_000, 300_000)
                                        .map(Duration::ofMillis)
                                        .toArray(Duration[]::new))
                        .register(metrics);
    }

    private static Counter counter(MeterRegistry metrics, String outcome) {
        return Counter.builder("posthouse.handovers")
                .description("Tries to hand a CSR to the CA, by what came of them")
                .tag("outcome", outcome)
                .register(metrics);
    }

    void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Forwarded _ -> accepted.increment();
            case Outcome.Refused _ -> refused.increment();
            case Outcome.Expired _ -> expired.increment();
            case Outcome.Again _ -> retried.increment();
        }
        if (outcome instanceof Outcome.Forwarded || outcome instanceof Outcome.Refused) {
            latency.record(Duration.between(outcome.of().acceptedAt(), clock.instant()));
        }
    }
}
