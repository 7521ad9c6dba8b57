package dev.posthouse.common.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.BandwidthBuilder.BandwidthBuilderBuildStage;
import io.github.bucket4j.BandwidthBuilder.BandwidthBuilderCapacityStage;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * So many per period for each key, counted in this instance's memory: n instances allow n times
 * (certificates, section 11).
 */
public final class RateLimit {

    /** Keys remembered at once; beyond, the longest unused is forgotten, which only forgives. */
    private static final int MOST_KEYS = 100_000;

    private final long most;
    private final Function<BandwidthBuilderCapacityStage, BandwidthBuilderBuildStage> refilled;
    private final Cache<Object, Bucket> buckets;

    /**
     * @param most calls per period; 0 for no limit
     */
    public RateLimit(long most, Duration period) {
        this(most, period, limit -> limit.capacity(most).refillGreedy(most, period));
    }

    private RateLimit(
            long most,
            Duration period,
            Function<BandwidthBuilderCapacityStage, BandwidthBuilderBuildStage> refilled) {
        this.most = most;
        this.refilled = refilled;
        this.buckets =
                Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(period).build();
    }

    /** One that allows nothing more until the period is over, and then as many again. */
    public static RateLimit inWholePeriods(long most, Duration period) {
        return new RateLimit(
                most, period, limit -> limit.capacity(most).refillIntervally(most, period));
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
        return Bucket.builder().addLimit(refilled).build();
    }
}
