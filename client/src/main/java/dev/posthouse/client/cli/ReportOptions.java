package dev.posthouse.client.cli;

import dev.posthouse.client.https.Json;
import dev.posthouse.client.https.Pause;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command speaks, and the exit codes it ends with. */
@Command(
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing to do",
            "1:the service refused for good",
            "2:the command line is wrong",
            "3:temporarily unavailable; run the command again later",
            "4:no trust: anchor, server certificate, or this machine's clock",
            "5:what came is not what was asked for; nothing was written",
            "6:a file is missing, in the way or cannot be used",
            "70:a fault of this program"
        })
public final class ReportOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "Print nothing but errors, and JSON where asked for.")
    private boolean quiet;

    /** How to wait, as loudly as was asked for. */
    public Pause pause(Time time) {
        return time.pauses().choose(quiet, command.commandLine().getErr());
    }

    /** Prints a result, as JSON or for people. */
    public void print(Object value, List<String> lines) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(Json.text(value));
        } else if (!quiet) {
            lines.forEach(out::println);
        }
    }

    /** Tells people how far it is, where they read along. */
    public void say(String line) {
        if (!json && !quiet) {
            command.commandLine().getOut().println(line);
        }
    }
}
