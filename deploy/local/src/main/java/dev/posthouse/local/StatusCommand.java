package dev.posthouse.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.local.suite.StateDirectory;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description =
                "What runs, and where; exits 0 when all is up, 1 when not, 3 when nothing runs.")
final class StatusCommand implements Callable<Integer> {

    private static final int ALL_UP = 0;
    private static final int NOT_ALL_UP = 1;
    private static final int NOTHING_RUNS = 3;

    @Spec private CommandSpec command;
    @Mixin private StateOption where;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        StateDirectory state = where.state();
        Optional<Run> run = Run.read(state);
        if (run.isEmpty() || state.processes().running().isEmpty()) {
            command.commandLine().getErr().println("Nothing runs; ./posthouse up starts it.");
            return NOTHING_RUNS;
        }
        Status now = run.get().look(state);
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(now));
        } else {
            new StatusTable(now).print(out);
        }
        return now.allUp() ? ALL_UP : NOT_ALL_UP;
    }
}
