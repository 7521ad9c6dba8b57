package dev.posthouse.bench.watch;

import java.util.List;
import java.util.Map;

/**
 * What was seen while load was on.
 *
 * @param window when
 * @param items how many were begun
 * @param processes what each cost
 * @param databases what each did that wrote anything
 */
public record Observed(
        Window window, long items, List<Cost> processes, Map<String, Written> databases) {

    public Observed {
        processes = List.copyOf(processes);
        databases = Map.copyOf(databases);
    }

    /** Processor time for an item, in milliseconds. */
    public double millisPerItem(Cost cost) {
        return cost.processors() * window.length().toMillis() / items;
    }
}
