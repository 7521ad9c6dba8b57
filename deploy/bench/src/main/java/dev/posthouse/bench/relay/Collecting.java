package dev.posthouse.bench.relay;

import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import dev.posthouse.client.node.NodeIdentity;
import java.util.List;
import java.util.Map;

/**
 * One private gateway collects all that waits for it, over one WebSocket, from the connection to
 * the farewell, by which all is acknowledged and committed.
 *
 * @param stage where
 * @param relay that is measured
 * @param devices the client
 * @param gateway that collects
 * @param stored what waits
 */
record Collecting(
        Stage stage, Instance relay, Devices devices, NodeIdentity gateway, StoredParcels stored) {

    private static final String PAGE = "relay";

    /** So many, after a few that are not timed. */
    void measure(String what, int waiting) {
        collect(Math.max(1, waiting / 4));
        stored.addFor(gateway, gateway.id(), waiting);
        try (Watch watch = Watch.on(stage.bed(), List.of(relay), stage.clock())) {
            long start = System.nanoTime();
            int taken = devices.collect(gateway);
            double seconds = (System.nanoTime() - start) / 1e9;
            stage.results().add(PAGE + ", " + what, watch.observed(waiting));
            stage.results()
                    .add(
                            Figure.counted(
                                    PAGE,
                                    what,
                                    "1 gateway, 5 in flight",
                                    waiting,
                                    seconds,
                                    errors(waiting, taken)));
        }
    }

    private void collect(int waiting) {
        stored.addFor(gateway, gateway.id(), waiting);
        if (devices.collect(gateway) < waiting) {
            throw new IllegalStateException("not all that waited was handed out");
        }
    }

    private static Map<String, Long> errors(int waiting, int taken) {
        long difference = Math.abs((long) waiting - taken);
        return difference == 0
                ? Map.of()
                : Map.of(taken < waiting ? "never came" : "came twice", difference);
    }
}
