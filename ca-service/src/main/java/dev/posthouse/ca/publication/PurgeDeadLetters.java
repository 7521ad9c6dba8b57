package dev.posthouse.ca.publication;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Forgets dead letters an hour after their session ended (certificates, section 9). */
@Singleton
final class PurgeDeadLetters {

    private static final Duration GRACE = Duration.ofHours(1);

    private final Deliveries deliveries;

    PurgeDeadLetters(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Scheduled(every = "24h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        QuarkusTransaction.requiringNew().run(() -> deliveries.purge(GRACE));
    }
}
