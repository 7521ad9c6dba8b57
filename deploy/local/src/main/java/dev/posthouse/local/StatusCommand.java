package dev.posthouse.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.local.suite.StateDirectory;
import java.io.PrintWriter;
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
        PrintWriter err = command.commandLine().getErr();
        Keeper keeper = Keeper.of(state);
        if (keeper.idle()) {
            keeper.run().ifPresent(run -> new Troubles(state, run).around().forEach(err::println));
            err.println("Nothing runs; ./posthouse up starts it.");
            return NOTHING_RUNS;
        }
        if (keeper.killed()) {
            err.println(
                    keeper.legacy() + "\n./posthouse down stops them, and so does the next up.");
        }
        if (keeper.run().isEmpty()) {
            if (!keeper.killed()) {
                err.println("It is starting; so far there are " + keeper.running());
            }
            return NOT_ALL_UP;
        }
        return show(state, keeper.run().get(), err);
    }

    private int show(StateDirectory state, Run run, PrintWriter err)
            throws JsonProcessingException {
        Status now = run.look(state);
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(now));
        } else {
            new StatusTable(now).print(out);
        }
        Troubles troubles = new Troubles(state, run);
        troubles.around().forEach(err::println);
        troubles.ended(now).forEach(err::println);
        return now.allUp() ? ALL_UP : NOT_ALL_UP;
    }
}
