package dev.posthouse.local;

import dev.posthouse.client.Posthouse;
import dev.posthouse.client.cli.Failures;
import dev.posthouse.local.process.JvmEnd;
import dev.posthouse.local.process.LocalFailure;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What {@code ./posthouse} runs: the client's command line and the commands of this module. */
public final class Launcher {

    private static final int FAILED = 1;
    private static final String NO_SPACE = "No space left on device";

    /** Held, because a logger nobody holds forgets its level. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private Launcher() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        // What the libraries have to say in passing is nothing for a terminal.
        Logger.getLogger("").setLevel(Level.WARNING);
        KAFKA.setLevel(Level.OFF);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine client = Posthouse.commandLine();
        for (String group : List.of("ymp", "gateway", "parcel")) {
            client.getSubcommands().get(group).setDefaultValueProvider(new RunningHost());
        }
        return client.addSubcommand(new UpCommand())
                .addSubcommand(new DownCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new LogsCommand())
                .addSubcommand(new DemoCommand())
                .setExecutionExceptionHandler(Launcher::explain);
    }

    private static int explain(Exception exception, CommandLine line, ParseResult parsed) {
        if (JvmEnd.underWay()) {
            return FAILED;
        }
        Optional<String> noSpace = noSpace(exception);
        if (exception instanceof LocalFailure || noSpace.isPresent()) {
            String message = noSpace.map(why -> why + ": ").orElse("") + exception.getMessage();
            line.getErr().println("posthouse: " + message);
            return FAILED;
        }
        return new Failures().handleExecutionException(exception, line, parsed);
    }

    /** A full disk shows in many ways, but always as this cause. */
    private static Optional<String> noSpace(Exception exception) {
        return Stream.iterate((Throwable) exception, Objects::nonNull, Throwable::getCause)
                .skip(1)
                .filter(cause -> cause instanceof IOException)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> message.contains(NO_SPACE))
                .map(_ -> NO_SPACE)
                .findFirst();
    }
}
