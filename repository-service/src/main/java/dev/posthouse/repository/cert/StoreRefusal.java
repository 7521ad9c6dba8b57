package dev.posthouse.repository.cert;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.repository.RepositoryException.CertConflict;
import dev.posthouse.repository.record.Records;
import dev.posthouse.repository.record.RefusedIssuance;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Stores that a session gets no certificate (certificates, section 8). No event: the CA, whose
 * decision it is, tells it.
 */
@Singleton
final class StoreRefusal {

    private final Records records;
    private final MeterRegistry metrics;
    private final Clock clock;

    StoreRefusal(Records records, MeterRegistry metrics, Clock clock) {
        this.records = records;
        this.metrics = metrics;
        this.clock = clock;
    }

    void store(AccessUrl accessUrl, RefusedIssuance refusal) {
        Records.Added added =
                QuarkusTransaction.requiringNew()
                        .call(() -> records.add(accessUrl, refusal, clock.instant()));
        switch (added) {
            case FIRST -> metrics.counter("posthouse.issuances.refused").increment();
            case REPEATED -> {}
            case CONFLICTING -> throw new CertConflict();
        }
    }
}
