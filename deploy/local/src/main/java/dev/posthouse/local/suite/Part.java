package dev.posthouse.local.suite;

import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.process.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process of the suite, which can be stopped or killed and started again with the same settings.
 */
public final class Part {

    /** For a process that is told to end. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration STEP = Duration.ofMillis(50);
    private final String name;
    private final List<String> arguments;
    private final StateDirectory state;
    private final Readiness readiness;
    private JavaProcess process;

    /** How a process says that it is ready. */
    interface Readiness {

        /** Called before each start. */
        void reset();

        /** Whether it is ready now. */
        boolean reached();
    }

    Part(String name, List<String> arguments, StateDirectory state, Readiness readiness) {
        this.name = name;
        this.arguments = List.copyOf(arguments);
        this.state = state;
        this.readiness = readiness;
    }

    /** Starts the process; {@link #awaitReady} says when it is of use. */
    public synchronized void start() {
        if (process == null || !process.alive()) {
            readiness.reset();
            process =
                    JavaProcess.start(name, arguments, state.run().resolve(name + ".args"), log());
        }
    }

    /** Waits until it is ready; fails, with what it printed, when it ends instead or takes long. */
    public void awaitReady(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!readiness.reached()) {
            if (!process().alive()) {
                throw new LocalFailure(process().obituary());
            }
            if (System.nanoTime() > end) {
                throw late(patience);
            }
            Pause.of(STEP);
        }
    }

    LocalFailure late(Duration patience) {
        return new LocalFailure(
                "%s was not ready within %d s: %s"
                        .formatted(name, patience.toSeconds(), process().obituary()));
    }

    /** Whether it is ready now. */
    public boolean ready() {
        return readiness.reached();
    }

    /** Asks it to end and waits; kills it when it takes too long. */
    public void stop() {
        stop(PATIENCE);
    }

    synchronized void stop(Duration patience) {
        if (process != null) {
            process.stop(patience);
        }
    }

    /** Ends it at once, as a crash would. */
    public synchronized void kill() {
        process().kill();
    }

    /** The running process, or the last one that ran. */
    public synchronized JavaProcess process() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }

    /** What its JVM is told. */
    public List<String> arguments() {
        return arguments;
    }

    /** Its name, for messages and files. */
    public String name() {
        return name;
    }

    /** Where its output goes. */
    public Path log() {
        return state.logs().resolve(name + ".log");
    }
}
