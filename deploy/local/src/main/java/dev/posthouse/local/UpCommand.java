package dev.posthouse.local;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Settings;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import dev.posthouse.local.suite.SuitePlan.Manner;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = {
            "Run the whole suite on this machine until Ctrl-C.",
            "A playground on loopback: every address is permitted and nothing is limited."
        })
final class UpCommand implements Runnable {

    @Spec private CommandSpec command;
    @Mixin private StateOption where;
    @Mixin private SettingsOption what;

    @Option(names = "--detach", description = "Return when all is ready, and leave it running.")
    private boolean detach;

    @Option(names = "--fresh", description = "Forget all keys and data of earlier runs first.")
    private boolean fresh;

    @Override
    public void run() {
        StateDirectory state = where.state();
        Settings settings = what.settings();
        try (StateLock _ = StateLock.take(state).orElseThrow(() -> alreadyRunning(state))) {
            clearTheGround(state);
            Ports ports = Ports.standard(settings);
            SuitePlan plan =
                    new SuitePlan(StateOption.home(), state, settings, ports, Manner.PLAIN);
            start(new Suite(plan, command.commandLine().getOut()::println), plan);
        }
    }

    private void clearTheGround(StateDirectory state) {
        if (!state.processes().running().isEmpty()) {
            if (Run.read(state).filter(Run::detached).isPresent()) {
                throw alreadyRunning(state);
            }
            command.commandLine().getErr().println("Stopping what an earlier run left behind.");
            state.stopProcesses();
        }
        Run.forget(state);
        if (fresh) {
            state.clear();
        }
    }

    private void start(Suite suite, SuitePlan plan) {
        PrintWriter out = command.commandLine().getOut();
        Shutdown shutdown = Shutdown.first(suite::close);
        out.println("Starting the suite: a playground on loopback, not for production.");
        suite.start();
        Run run = Run.of(suite, plan.ports(), detach);
        run.write(plan.state());
        new StatusTable(run.status()).print(out);
        new CurlLines(run.status()).print(out);
        if (detach) {
            out.println("It stays; ./posthouse down stops it.");
            shutdown.cancel();
            return;
        }
        out.println("Ctrl-C stops it.");
        suite.awaitAnyEnd()
                .ifPresent(ended -> {
                    throw new LocalFailure(ended.obituary() + "\nThe others are stopped.");
                });
    }

    private static LocalFailure alreadyRunning(StateDirectory state) {
        return new LocalFailure(
                "the suite of %s runs already: see ./posthouse status, or stop it with ./posthouse down"
                        .formatted(state.path()));
    }
}
