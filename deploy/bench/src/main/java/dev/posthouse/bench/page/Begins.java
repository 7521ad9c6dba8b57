package dev.posthouse.bench.page;

import dev.posthouse.bench.driver.Latencies;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Work;
import dev.posthouse.bench.material.Device;
import java.util.List;
import org.HdrHistogram.Histogram;

/** When each item was sent, so that what comes out elsewhere can be timed. */
final class Begins {

    private static final int DIGITS = 3;

    private final List<Device> devices;
    private final long[] nanos;

    Begins(List<Device> devices) {
        this.devices = devices;
        this.nanos = new long[devices.size()];
    }

    /** Notes the begin of each item of some work. */
    Work noting(Work work) {
        return item -> {
            nanos[item] = System.nanoTime();
            return work.perform(item);
        };
    }

    /** From begin to arrival, for the last items that were begun. */
    Latencies until(Arrivals arrivals, int begun, Measured last) {
        Histogram micros = new Histogram(DIGITS);
        for (int item = begun - last.items(); item < begun; item++) {
            long arrived = arrivals.nanos(devices.get(item).session());
            if (arrived > 0) {
                micros.recordValue(Math.max(0, (arrived - nanos[item]) / 1000));
            }
        }
        return Latencies.of(micros);
    }
}
