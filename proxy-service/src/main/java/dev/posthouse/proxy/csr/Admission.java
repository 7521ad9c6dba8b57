package dev.posthouse.proxy.csr;

import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ProxyException.Overloaded;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Lets in so many CSRs a second; a few more wait their turn, and the rest hear that there is too
 * much to do (certificates, section 11).
 */
@Singleton
final class Admission {

    private final long perSecond;
    private final Duration longestWait;
    private final Bucket bucket;

    Admission(ProxyConfig settings) {
        this.perSecond = settings.limits().admission();
        this.longestWait = settings.limits().admissionWait();
        long capacity = Math.max(1, perSecond);
        this.bucket =
                Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity(capacity)
                                        .refillGreedy(capacity, Duration.ofSeconds(1)))
                        .build();
    }

    void enter() {
        try {
            if (perSecond > 0 && !isLetIn()) {
                throw new Overloaded();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Overloaded();
        }
    }

    private boolean isLetIn() throws InterruptedException {
        return longestWait.isZero()
                ? bucket.tryConsume(1)
                : bucket.asBlocking().tryConsume(1, longestWait);
    }
}
