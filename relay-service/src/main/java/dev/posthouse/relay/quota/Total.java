package dev.posthouse.relay.quota;

import dev.posthouse.common.database.DatabaseAway;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** How much waits in all, summed up now and then: the more waits, the more seldom. */
@Singleton
final class Total {

    private static final Logger LOG = Logger.getLogger(Total.class);

    /** Summing up may take so small a part of the time. */
    private static final int REST = 20;

    private final Depths depths;
    private final AtomicReference<Depth> sum = new AtomicReference<>(Depth.NONE);
    private long next = System.nanoTime();
    private volatile boolean stopped;

    Total(Depths depths, MeterRegistry metrics) {
        this.depths = depths;
        metrics.gauge("posthouse.relay.waiting.parcels", sum, total -> total.get().parcels());
        metrics.gauge("posthouse.relay.waiting.octets", sum, total -> total.get().octets());
    }

    Depth depth() {
        return sum.get();
    }

    /** One more waits. */
    void add(int size) {
        sum.updateAndGet(depth -> depth.plus(size));
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sumUp() {
        long start = System.nanoTime();
        if (stopped || start - next < 0) {
            return;
        }
        try {
            sum.set(QuarkusTransaction.requiringNew().call(depths::ofAll));
        } catch (RuntimeException failure) {
            if (!stopped) {
                log(failure);
            }
        }
        long end = System.nanoTime();
        next = end + REST * (end - start);
    }

    /** From now on what it needs is taken down: that it fails says nothing. */
    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
    }

    private static void log(RuntimeException failure) {
        DatabaseAway.in(failure)
                .ifPresentOrElse(
                        away -> LOG.debugf("what waits is not summed up, %s", away),
                        () -> LOG.error("what waits cannot be summed up", failure));
    }
}
