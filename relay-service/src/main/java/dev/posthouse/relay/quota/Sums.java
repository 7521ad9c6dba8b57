package dev.posthouse.relay.quota;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** What waits for each of many, summed up in the database when it is asked for and old. */
final class Sums {

    private static final Duration GOOD_FOR = Duration.ofSeconds(5);
    private static final int MOST = 20_000;

    private final LoadingCache<String, AtomicReference<Depth>> sums;

    /**
     * @param sum looks one up, in a transaction
     */
    Sums(Function<String, Depth> sum) {
        this.sums =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterWrite(GOOD_FOR)
                        .build(id ->
                                new AtomicReference<>(
                                        QuarkusTransaction.requiringNew()
                                                .call(() -> sum.apply(id))));
    }

    Depth of(String id) {
        return sums.get(id).get();
    }

    /** One more waits. */
    void add(String id, int size) {
        AtomicReference<Depth> known = sums.getIfPresent(id);
        if (known != null) {
            known.updateAndGet(depth -> depth.plus(size));
        }
    }
}
