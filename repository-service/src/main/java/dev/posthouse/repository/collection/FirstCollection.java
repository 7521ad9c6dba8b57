package dev.posthouse.repository.collection;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.event.CertificateCollected;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.repository.record.Records;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** Notes that a certificate has been collected, once; of two at the same time, one notes it. */
@Singleton
final class FirstCollection {

    private final Records records;
    private final Outbox outbox;
    private final Timer latency;

    FirstCollection(Records records, Outbox outbox, MeterRegistry metrics) {
        this.records = records;
        this.outbox = outbox;
        this.latency =
                Timer.builder("posthouse.certificates.collected")
                        .description("From stored to first collected")
                        .publishPercentileHistogram()
                        .register(metrics);
    }

    void note(AccessUrl accessUrl, Instant stored, Instant now) {
        boolean first =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            boolean noted = records.collected(accessUrl.jti(), now);
                            if (noted) {
                                outbox.add(
                                        Event.of(
                                                new CertificateCollected(accessUrl.jtiHash(), now),
                                                now));
                            }
                            return noted;
                        });
        if (first) {
            latency.record(Duration.between(stored, now));
        }
    }
}
