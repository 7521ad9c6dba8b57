package dev.posthouse.repository.collection;

import dev.posthouse.common.queue.Worker;
import dev.posthouse.repository.RepositoryConfig;
import dev.posthouse.repository.record.Records;
import dev.posthouse.repository.record.StoredRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Holds collectors that come before the CA has spoken, for a while and up to a number of them
 * (certificates, section 8). While held they have no transaction and no connection: one query every
 * 200 ms serves all of them, whichever replica stored what they wait for.
 */
@Singleton
final class EarlyCollectors {

    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Records records;
    private final Duration hold;
    private final Semaphore places;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Worker glances;

    /** Not a record: two collectors of the same session are two. */
    private static final class Waiting {
        private final String jti;
        private final CountDownLatch arrival = new CountDownLatch(1);

        Waiting(String jti) {
            this.jti = jti;
        }
    }

    EarlyCollectors(Records records, RepositoryConfig settings, MeterRegistry metrics) {
        this.records = records;
        this.hold = settings.hold();
        this.places = new Semaphore(settings.holdLimit());
        this.glances = new Worker("early-collectors", GLANCE, this::glance).start();
        metrics.gaugeCollectionSize("posthouse.collectors.held", Set.of(), waiting);
    }

    /** The record of a session; if there is none yet, the one that comes while this waits. */
    Optional<StoredRecord> find(String jti) {
        Optional<StoredRecord> record = records.find(jti);
        return record.isEmpty() && arrives(jti) ? records.find(jti) : record;
    }

    private boolean arrives(String jti) {
        if (!places.tryAcquire()) {
            return false;
        }
        Waiting collector = new Waiting(jti);
        waiting.add(collector);
        try {
            return collector.arrival.await(hold.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(collector);
            places.release();
        }
    }

    private boolean glance() {
        Set<String> jtis =
                waiting.stream().map(collector -> collector.jti).collect(Collectors.toSet());
        if (!jtis.isEmpty()) {
            Set<String> arrived =
                    Set.copyOf(QuarkusTransaction.requiringNew().call(() -> records.arrived(jtis)));
            waiting.stream()
                    .filter(collector -> arrived.contains(collector.jti))
                    .forEach(collector -> collector.arrival.countDown());
        }
        return false;
    }

    @PreDestroy
    void stop() {
        glances.close();
    }
}
