package dev.posthouse.local;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.process.LogFile;
import dev.posthouse.local.suite.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "What a service has written to its log.")
final class LogsCommand implements Runnable {

    @Mixin private StateOption where;

    @Parameters(
            paramLabel = "NAME",
            description = "A service as status names it, or postgres, kafka, infrastructure.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, through restarts, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "LINES",
            description = "The last so many lines; else all.")
    private Integer lines;

    @Override
    public void run() {
        LogFile log = log(where.state());
        try {
            long start = lines == null ? 0 : log.startOfLast(Math.max(0, lines));
            long end = log.copy(start, System.out);
            System.out.flush();
            if (follow) {
                // A reader that has gone, say head, is noticed here alone.
                log.follow(end, System.out, () -> !System.out.checkError());
            }
        } catch (IOException e) {
            throw new LocalFailure("cannot read " + log.path() + ": " + e.getMessage(), e);
        }
    }

    private LogFile log(StateDirectory state) {
        Map<String, Path> files = state.logFiles();
        if (files.isEmpty()) {
            throw new LocalFailure("there are no logs in " + state.path());
        }
        if (!files.containsKey(name)) {
            throw new LocalFailure(
                    "there is no log of '%s'; there are those of %s"
                            .formatted(name, String.join(", ", files.keySet())));
        }
        return new LogFile(files.get(name));
    }
}
