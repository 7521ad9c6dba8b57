package dev.posthouse.bench.driver;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** One phase under way. Lives on the driver's event loop alone. */
final class Run {

    private static final int DIGITS = 3;

    private final Vertx vertx;
    private final Load load;
    private final Phase phase;
    private final Work work;
    private final CompletableFuture<Measured> result = new CompletableFuture<>();
    private final Histogram micros = new Histogram(DIGITS);
    private final Map<String, Long> errors = new TreeMap<>();
    private long start;
    private long lastEnd;
    private int begun;
    private int ended;

    Run(Vertx vertx, Load load, Phase phase, Work work) {
        this.vertx = vertx;
        this.load = load;
        this.phase = phase;
        this.work = work;
    }

    CompletableFuture<Measured> result() {
        return result;
    }

    void begin() {
        start = System.nanoTime();
        lastEnd = start;
        switch (load) {
            case Load.Closed closed -> {
                for (int client = 0; client < closed.clients(); client++) {
                    next();
                }
                finishIfDone();
            }
            case Load.Open open -> {
                if (arrive(open.perSecond())) {
                    vertx.setPeriodic(
                            1, timer -> stopUnless(timer, () -> arrive(open.perSecond())));
                }
            }
        }
    }

    private void stopUnless(long timer, BooleanSupplier more) {
        if (!more.getAsBoolean()) {
            vertx.cancelTimer(timer);
        }
    }

    private boolean over() {
        return begun == phase.items() || System.nanoTime() - start > phase.most().toNanos();
    }

    /** A client's next item. */
    private void next() {
        if (!over()) {
            perform(System.nanoTime(), this::next);
        }
    }

    /** All whose time has come, and says whether more will come. */
    private boolean arrive(double perSecond) {
        double period = 1e9 / perSecond;
        long passed = System.nanoTime() - start;
        while (!over() && begun * period <= passed) {
            perform(start + (long) (begun * period), () -> {});
        }
        finishIfDone();
        return !over();
    }

    private void perform(long meant, Runnable then) {
        int item = phase.first() + begun++;
        work.perform(item)
                .onComplete(answer -> {
                    end(meant, answer);
                    // Not at once: an item that fails on the spot would pile up calls.
                    vertx.runOnContext(later -> {
                        then.run();
                        finishIfDone();
                    });
                });
    }

    private void end(long meant, AsyncResult<Answer> answer) {
        ended++;
        lastEnd = System.nanoTime();
        micros.recordValue(Math.max(0, (lastEnd - meant) / 1000));
        if (answer.failed()) {
            errors.merge(answer.cause().getClass().getSimpleName(), 1L, Long::sum);
        } else if (!answer.result().good()) {
            errors.merge(String.valueOf(answer.result().status()), 1L, Long::sum);
        }
    }

    private void finishIfDone() {
        if (over() && ended == begun) {
            result.complete(new Measured(load, begun, lastEnd - start, errors, micros));
        }
    }
}
