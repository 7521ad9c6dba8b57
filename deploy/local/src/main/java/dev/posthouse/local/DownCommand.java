package dev.posthouse.local;

import dev.posthouse.local.suite.StateDirectory;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "down", description = "Stop what up has started; keys and data stay.")
final class DownCommand implements Runnable {

    private static final long PATIENCE_SECONDS = 60;

    @Spec private CommandSpec command;
    @Mixin private StateOption where;

    @Override
    public void run() {
        StateDirectory state = where.state();
        PrintWriter out = command.commandLine().getOut();
        Optional<ProcessHandle> launcher = StateLock.holder(state);
        if (launcher.isEmpty() && state.processes().running().isEmpty()) {
            out.println("Nothing runs.");
            return;
        }
        // A launcher that is still there stops its own children; it would report a dead one.
        launcher.ifPresent(DownCommand::stop);
        state.stopProcesses();
        Run.forget(state);
        out.println("Stopped.");
    }

    private static void stop(ProcessHandle launcher) {
        launcher.destroy();
        launcher.onExit().completeOnTimeout(launcher, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
