package dev.posthouse.repository.cert;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.event.CertificateStored;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.lead.LeadTime;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.repository.RepositoryException.CertConflict;
import dev.posthouse.repository.record.IssuedCertificate;
import dev.posthouse.repository.record.Records;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Stores a certificate and announces it, in one transaction (certificates, sections 2.3 and 9). The
 * CA may say the same again; it may not say something else.
 */
@Singleton
final class StoreCertificate {

    private final Records records;
    private final Outbox outbox;
    private final LeadTime leadTime;
    private final MeterRegistry metrics;
    private final Clock clock;

    StoreCertificate(
            Records records, Outbox outbox, LeadTime leadTime, MeterRegistry metrics, Clock clock) {
        this.records = records;
        this.outbox = outbox;
        this.leadTime = leadTime;
        this.metrics = metrics;
        this.clock = clock;
    }

    void store(AccessUrl accessUrl, IssuedCertificate certificate) {
        Instant now = clock.instant();
        Records.Added added =
                QuarkusTransaction.requiringNew().call(() -> add(accessUrl, certificate, now));
        switch (added) {
            case FIRST -> {
                leadTime.sample(Duration.between(accessUrl.issuedAt(), now));
                metrics.counter("posthouse.certificates.stored").increment();
            }
            case REPEATED -> {}
            case CONFLICTING -> throw new CertConflict();
        }
    }

    private Records.Added add(AccessUrl accessUrl, IssuedCertificate certificate, Instant now) {
        Records.Added added = records.add(accessUrl, certificate, now);
        if (added == Records.Added.FIRST) {
            outbox.add(
                    Event.of(
                            new CertificateStored(accessUrl.jtiHash(), accessUrl.issuedAt(), now),
                            now));
        }
        return added;
    }
}
