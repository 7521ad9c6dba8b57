package dev.posthouse.common.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * Works off claimed jobs that wait for others (a call to a peer), many at a time. One round of its
 * worker:
 *
 * <ol>
 *   <li>Record what has come back since the last round, in one batch.
 *   <li>Claim as many jobs as may still be started, in one batch.
 *   <li>Start each on a virtual thread; its end wakes the worker.
 * </ol>
 *
 * A crash between 2 and 1 leaves claimed jobs whose lease runs out: they are done again.
 *
 * @param <J> a job
 * @param <R> what came of it
 */
public final class Dispatcher<J, R> {

    private final IntSupplier concurrency;
    private final IntFunction<List<J>> claim;
    private final Function<J, R> act;
    private final Consumer<List<R>> record;
    private final Runnable wake;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrentLinkedQueue<R> finished = new ConcurrentLinkedQueue<>();

    /**
     * @param concurrency how many jobs may be under way at once, just now
     * @param claim claims at most so many jobs, under a lease
     * @param act does one job; every failure is a result, it never throws
     * @param record stores results, in one transaction
     * @param wake wakes the worker that runs the rounds
     */
    public Dispatcher(
            IntSupplier concurrency,
            IntFunction<List<J>> claim,
            Function<J, R> act,
            Consumer<List<R>> record,
            Runnable wake) {
        this.concurrency = concurrency;
        this.claim = claim;
        this.act = act;
        this.record = record;
        this.wake = wake;
    }

    /**
     * One round.
     *
     * @return whether another round may find more right away
     */
    public boolean round() {
        recordFinished();
        int free = concurrency.getAsInt() - underWay.get();
        List<J> jobs = free > 0 ? claim.apply(free) : List.of();
        jobs.forEach(this::start);
        return !finished.isEmpty();
    }

    private void recordFinished() {
        List<R> results = new ArrayList<>();
        for (R result = finished.poll(); result != null; result = finished.poll()) {
            results.add(result);
        }
        if (results.isEmpty()) {
            return;
        }
        try {
            record.accept(results);
        } catch (RuntimeException unrecorded) {
            finished.addAll(results);
            throw unrecorded;
        }
    }

    private void start(J job) {
        underWay.incrementAndGet();
        Thread.ofVirtual()
                .name("dispatch")
                .start(() -> {
                    try {
                        finished.add(act.apply(job));
                    } finally {
                        underWay.decrementAndGet();
                        wake.run();
                    }
                });
    }
}
