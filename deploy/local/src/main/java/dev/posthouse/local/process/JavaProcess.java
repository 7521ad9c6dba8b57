package dev.posthouse.local.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM of its own, which outlives its starter unless it is stopped. */
public final class JavaProcess {

    private static final int LINES_SHOWN = 15;

    /** What SIGINT and SIGTERM make of a JVM's exit code. */
    private static final Set<Integer> TOLD = Set.of(130, 143);

    private final String name;
    private final Path log;
    private final Process process;
    private final long logStart;

    private JavaProcess(String name, Path log, Process process, long logStart) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.logStart = logStart;
    }

    /**
     * Starts {@code java} with these arguments.
     *
     * @param name for messages
     * @param arguments what the JVM is told
     * @param argumentFile where they are written; the process is found again by this name
     * @param log what the process prints is added here
     */
    public static JavaProcess start(
            String name, List<String> arguments, Path argumentFile, Path log) {
        ArgumentFile.write(argumentFile, arguments);
        List<String> command = new ArrayList<>(OwnSession.prefix());
        command.add(java().toString());
        command.add(ArgumentFile.mark(argumentFile));
        try {
            Files.createDirectories(log.getParent());
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.appendTo(log.toFile()))
                            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                            .start();
            return new JavaProcess(name, log, process, logStart);
        } catch (IOException e) {
            throw new LocalFailure("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** The {@code java} of the JDK that runs this. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** For messages. */
    public String name() {
        return name;
    }

    /** The operating system's number for it. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Completes when it has ended, for whatever reason. */
    public CompletableFuture<JavaProcess> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /** Asks it to end (SIGTERM); after the patience it is killed. */
    public void stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it at once (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Whether it ended because somebody told it to, rather than by itself. */
    public boolean toldToEnd() {
        return !alive() && TOLD.contains(process.exitValue());
    }

    /** How it ended and why, with the last lines it printed. */
    public String obituary() {
        List<String> lines = lines();
        return "%s %s%s; the last lines of %s:%n%s"
                .formatted(
                        name,
                        alive() ? "still runs" : "ended with code " + process.exitValue(),
                        TellingLine.in(lines).map(line -> ": " + line).orElse(""),
                        log,
                        lines
                                .subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())
                                .stream()
                                .map(line -> "    " + line)
                                .collect(Collectors.joining("\n")));
    }

    /** What this run has printed. */
    public List<String> lines() {
        try {
            return new LogFile(log).linesFrom(logStart);
        } catch (IOException e) {
            return List.of("(cannot read it: " + e.getMessage() + ")");
        }
    }
}
