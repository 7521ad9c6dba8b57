package dev.posthouse.local;

import dev.posthouse.local.suite.StateDirectory;
import java.io.PrintWriter;
import java.util.List;
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
        Keeper keeper = Keeper.of(state);
        if (keeper.launcher().isEmpty() && keeper.idle()) {
            out.println("Nothing runs.");
            return;
        }
        if (keeper.killed()) {
            out.println(keeper.legacy());
        }
        // A launcher that is still there stops its own children; it would report a dead one.
        keeper.launcher().ifPresent(DownCommand::stop);
        state.stopProcesses();
        Run.forget(state);
        out.println("Stopped.");
        List<String> external = keeper.run().map(Run::external).orElse(List.of());
        external.forEach(one -> out.println(one + " runs on with its data: it is not ours."));
    }

    private static void stop(ProcessHandle launcher) {
        launcher.destroy();
        launcher.onExit().completeOnTimeout(launcher, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
