package dev.posthouse.local;

import dev.posthouse.client.Posthouse;
import dev.posthouse.client.cli.Failures;
import dev.posthouse.local.process.LocalFailure;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What {@code ./posthouse} runs: the client's command line and the commands of this module. */
public final class Launcher {

    private static final int FAILED = 1;

    private Launcher() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        // What the libraries have to say in passing is nothing for a terminal.
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return Posthouse.commandLine()
                .addSubcommand(new UpCommand())
                .addSubcommand(new DownCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new TrainCommand())
                .setExecutionExceptionHandler(Launcher::explain);
    }

    private static int explain(Exception exception, CommandLine line, ParseResult parsed) {
        if (Shutdown.inProgress()) {
            return FAILED;
        }
        if (exception instanceof LocalFailure failure) {
            line.getErr().println("posthouse: " + failure.getMessage());
            return FAILED;
        }
        return new Failures().handleExecutionException(exception, line, parsed);
    }
}
