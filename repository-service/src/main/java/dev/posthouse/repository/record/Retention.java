package dev.posthouse.repository.record;

import dev.posthouse.repository.RepositoryConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** How long a certificate can be collected after it first was (certificates, section 8). */
@Singleton
public final class Retention {

    private final Duration afterFirst;

    Retention(RepositoryConfig settings) {
        this.afterFirst =
                switch (settings.mode()) {
                    case REPEAT -> settings.retention();
                    case ONCE -> settings.onceDelay();
                };
    }

    /** Whether the certificate counts as deleted. */
    public boolean isOver(StoredRecord record, Instant now) {
        return record.chain().isEmpty()
                || record.firstCollected()
                        .filter(first -> !first.isAfter(collectedUntil(now)))
                        .isPresent();
    }

    /** What was first collected then, or before, can no longer be collected. */
    Instant collectedUntil(Instant now) {
        return now.minus(afterFirst);
    }
}
