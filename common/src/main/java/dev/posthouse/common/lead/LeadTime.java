package dev.posthouse.common.lead;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/**
 * The lead_time that is promised (certificates, section 8): the 99th percentile of the last five
 * minutes' samples in whole seconds, rounded up, plus one, between a least and a most. Without a
 * sample in the window: the last value; without any since the start: the initial one.
 *
 * <p>Samples are counted by whole seconds in thirty slots of ten seconds, so a year of them costs
 * as little as one.
 */
public final class LeadTime {

    private static final int SLOTS = 30;
    private static final Duration SLOT = Duration.ofSeconds(10);

    private final Clock clock;
    private final int least;
    private final int most;
    private final long[][] counts;
    private final long[] slotNumbers = new long[SLOTS];
    private long last;

    /** The bounds are whole seconds. */
    public LeadTime(Duration least, Duration most, Duration initial, Clock clock) {
        this.clock = clock;
        this.least = Math.toIntExact(least.toSeconds());
        this.most = Math.toIntExact(most.toSeconds());
        this.last = initial.toSeconds();
        this.counts = new long[SLOTS][this.most + 1];
        Arrays.fill(slotNumbers, -1);
    }

    /** One certificate took so long. A negative time (clocks differ) counts as none. */
    public synchronized void sample(Duration taken) {
        long now = slotNumber();
        int slot = Math.floorMod(now, SLOTS);
        if (slotNumbers[slot] != now) {
            Arrays.fill(counts[slot], 0);
            slotNumbers[slot] = now;
        }
        long seconds = taken.plusSeconds(1).minusNanos(1).toSeconds();
        counts[slot][(int) Math.clamp(seconds, 0L, (long) most)]++;
    }

    /** Seconds after which one collection should succeed. */
    public synchronized long seconds() {
        long p99 = percentile99();
        if (p99 >= 0) {
            last = Math.clamp(p99 + 1, least, most);
        }
        return last;
    }

    private long percentile99() {
        long oldest = slotNumber() - SLOTS + 1;
        long[] total = new long[most + 1];
        long samples = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slotNumbers[slot] >= oldest) {
                for (int second = 0; second <= most; second++) {
                    total[second] += counts[slot][second];
                    samples += counts[slot][second];
                }
            }
        }
        long rank = samples - samples / 100;
        long seen = 0;
        for (int second = 0; second <= most && samples > 0; second++) {
            seen += total[second];
            if (seen >= rank) {
                return second;
            }
        }
        return -1;
    }

    private long slotNumber() {
        return clock.instant().getEpochSecond() / SLOT.toSeconds();
    }
}
