package dev.posthouse.proxy.lead;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthouse.common.event.CertificateStored;
import dev.posthouse.common.event.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Learns from the repository how long certificates take (certificates, section 8). */
@Startup
@ApplicationScoped
final class LearnLeadTime {

    private static final Logger LOG = Logger.getLogger(LearnLeadTime.class);

    private final ObjectMapper json;
    private final LeadEstimate lead;
    private final Timer real;

    /** Events come at least once. */
    private final Cache<String, Boolean> seen =
            Caffeine.newBuilder()
                    .maximumSize(10_000)
                    .expireAfterWrite(Duration.ofMinutes(5))
                    .build();

    LearnLeadTime(ObjectMapper json, LeadEstimate lead, MeterRegistry metrics) {
        this.json = json;
        this.lead = lead;
        this.real =
                Timer.builder("posthouse.lead.time.real")
                        .description("From a CSR's acceptance to its certificate's collectability")
                        .serviceLevelObjectives(
                                Stream.of(1, 2, 5, 10, 30, 60, 300)
                                        .map(Duration::ofSeconds)
                                        .toArray(Duration[]::new))
                        .register(metrics);
    }

    @Incoming("certificate-stored")
    @RunOnVirtualThread
    public void learn(String body) {
        try {
            Event<CertificateStored> event = json.readValue(body, new TypeReference<>() {});
            if (seen.asMap().putIfAbsent(event.id(), true) == null) {
                Duration taken = Duration.between(event.data().accepted(), event.data().stored());
                lead.sample(taken);
                real.record(taken.isNegative() ? Duration.ZERO : taken);
            }
        } catch (JsonProcessingException | RuntimeException unreadable) {
            LOG.warnf(
                    "An event of repository.certificate-stored cannot be read: %s",
                    unreadable.getClass().getSimpleName());
        }
    }
}
