package dev.posthouse.local;

import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Settings;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import dev.posthouse.local.suite.SuitePlan.Manner;
import dev.posthouse.local.suite.Training;
import dev.posthouse.testing.Loopback;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The launcher script calls it after a build. */
@Command(
        name = "train",
        hidden = true,
        description = "Record the services' start-up caches, on free ports.")
final class TrainCommand implements Runnable {

    @Spec private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        Settings settings = Settings.parse(Training.SETTINGS);
        StateDirectory state = new StateDirectory(Loopback.temporaryDirectory("train"));
        SuitePlan plan =
                new SuitePlan(
                        StateOption.home(),
                        state,
                        settings,
                        Ports.free(settings),
                        Manner.RECORDING);
        Suite suite = new Suite(plan, out::println);
        Shutdown shutdown = Shutdown.first(() -> cleanUp(suite, state));
        try {
            new Training(plan, suite).run();
        } finally {
            if (!Shutdown.inProgress()) {
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
