package dev.posthouse.local;

import dev.posthouse.local.process.JvmEnd;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Settings;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import dev.posthouse.local.suite.SuitePlan.Manner;
import dev.posthouse.local.suite.Training;
import dev.posthouse.testing.Loopback;
import java.util.function.Consumer;

/**
 * Records the services' start-up caches with a suite of its own, on free ports and with nothing
 * left behind but the caches.
 *
 * @param out told, line by line, how far it is
 * @param extent how much the services do meanwhile
 */
public record Recording(Consumer<String> out, Training.Extent extent) {

    /** Does it; the caches are in their places when this returns. */
    public void run() {
        out.accept("Recording the services' start-up caches: once per build, about a minute.");
        Settings settings = Settings.parse(Training.SETTINGS);
        StateDirectory state = new StateDirectory(Loopback.temporaryDirectory("train"));
        SuitePlan plan =
                new SuitePlan(
                        StateOption.home(),
                        state,
                        settings,
                        Ports.free(settings),
                        Manner.RECORDING);
        Suite suite = new Suite(plan, line -> out.accept("   " + line));
        Shutdown shutdown = Shutdown.first(() -> cleanUp(suite, state));
        try {
            new Training(plan, suite, extent).run();
        } finally {
            if (!JvmEnd.underWay()) {
                cleanUp(suite, state);
                shutdown.cancel();
            }
        }
    }

    private static void cleanUp(Suite suite, StateDirectory state) {
        suite.close();
        Loopback.delete(state.path());
    }
}
