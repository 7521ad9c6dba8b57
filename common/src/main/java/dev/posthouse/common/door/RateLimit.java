package dev.posthouse.common.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/**
 * So many per period for each key, counted in this instance's memory: n instances allow n times
 * (certificates, section 11).
 */
public final class RateLimit {

    /** Keys remembered at once; beyond, the longest unused is forgotten, which only forgives. */
    private static final int MOST_KEYS = 100_000;

    private final long most;
    private final Duration period;
    private final Cache<Object, Bucket> buckets;

    /**
     * @param most calls per period; 0 for no limit
     */
    public RateLimit(long most, Duration period) {
        this.most = most;
        this.period = period;
        this.buckets =
                Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(period).build();
    }

    /**
     * Counts one call.
     *
     * @return empty when it may go on, else how long to wait
     */
    public Optional<Duration> take(Object key) {
        if (most == 0) {
            return Optional.empty();
        }
        var probe = bucket(key).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Counts so many more for a call that was already let in. */
    public void charge(Object key, long more) {
        if (most > 0) {
            bucket(key).consumeIgnoringRateLimits(more);
        }
    }

    private Bucket bucket(Object key) {
        return buckets.get(key, unseen -> fresh());
    }

    private Bucket fresh() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, period))
                .build();
    }
}
