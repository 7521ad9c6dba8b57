package dev.posthouse.bench.stage;

import dev.posthouse.bench.driver.Driver;
import dev.posthouse.bench.driver.Load;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Phase;
import dev.posthouse.bench.driver.Work;
import dev.posthouse.bench.stage.Scale.Span;

/** Phases one after another over one row of items, each of which is used once. */
public final class Course {

    private static final double HALF = 0.5;

    private final Driver driver;
    private final int items;
    private final Work work;
    private int next;

    /**
     * @param items how many there are
     */
    public Course(Driver driver, int items, Work work) {
        this.driver = driver;
        this.items = items;
        this.work = work;
    }

    /** As many as that many clients can. */
    public Measured closed(int clients, Span span) {
        return run(new Load.Closed(clients), span);
    }

    /** At half of the rate that was measured. */
    public Measured halfOf(double perSecond, Span span) {
        return run(new Load.Open(Math.max(1, perSecond * HALF)), span);
    }

    private Measured run(Load load, Span span) {
        int count = Math.min(span.items(), items - next);
        Measured measured = driver.run(load, new Phase(next, count, span.most()), work);
        next += measured.items();
        return measured;
    }

    /** How many items were begun so far. */
    public int begun() {
        return next;
    }
}
