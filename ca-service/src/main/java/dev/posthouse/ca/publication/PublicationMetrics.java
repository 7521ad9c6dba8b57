package dev.posthouse.ca.publication;

import dev.posthouse.common.lead.LeadTime;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** What is seen of deliveries from outside: figures, log lines, and lead_time's samples. */
@Singleton
final class PublicationMetrics {

    private static final Logger LOG = Logger.getLogger(PublishCertificate.class);

    private final MeterRegistry metrics;
    private final LeadTime leadTime;

    PublicationMetrics(MeterRegistry metrics, LeadTime leadTime) {
        this.metrics = metrics;
        this.leadTime = leadTime;
        metrics.gauge("posthouse.lead.time.advertised.seconds", leadTime, LeadTime::seconds);
    }

    void delivered(List<Result.Delivered> results) {
        for (Result.Delivered result : results) {
            Session session = result.claimed().delivery().session();
            leadTime.sample(Duration.between(session.received(), result.at()));
        }
        count("delivered", results.size());
    }

    void failed(List<Result.Failed> results) {
        for (Result.Failed result : results) {
            LOG.errorf(
                    "The repository refuses %s for good: %s",
                    result.claimed().delivery().session(), result.failure());
        }
        count("failed", results.size());
    }

    void unavailable(String why) {
        LOG.warnf("The repository is to be asked again: %s", why);
        count("unavailable", 1);
    }

    void broken(RuntimeException bug) {
        LOG.error("A delivery failed", bug);
        count("broken", 1);
    }

    void expired(int deliveries) {
        if (deliveries > 0) {
            LOG.errorf("%d deliveries ended with their sessions", deliveries);
        }
        count("expired", deliveries);
    }

    private void count(String outcome, int many) {
        metrics.counter("posthouse.deliveries", "outcome", outcome).increment(many);
    }
}
