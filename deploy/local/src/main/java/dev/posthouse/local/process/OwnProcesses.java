package dev.posthouse.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Processes that are ours, found by what their command lines name. A process number alone proves
 * nothing: it may have gone to somebody else since it was written down.
 */
public final class OwnProcesses {

    private static final Duration STEP = Duration.ofMillis(50);

    private final Predicate<ProcessHandle> ours;

    /** Those with an argument of which this holds. */
    public OwnProcesses(Predicate<String> argument) {
        this.ours =
                process ->
                        process.info().arguments().stream()
                                .flatMap(Arrays::stream)
                                .anyMatch(argument);
    }

    /** Holds of the argument that names an argument file in this directory. */
    public static Predicate<String> startedFrom(Path argumentFiles) {
        String mark = ArgumentFile.mark(argumentFiles) + "/";
        return argument -> argument.startsWith(mark);
    }

    /** Those that run now. */
    public List<ProcessHandle> running() {
        return ProcessHandle.allProcesses().filter(ours).toList();
    }

    /** Whether the process of this number runs and is ours. */
    public boolean runs(long pid) {
        return ProcessHandle.of(pid).filter(ours).isPresent();
    }

    /** Asks all to end, and kills those that have not after the patience. */
    public void stop(Duration patience) {
        List<ProcessHandle> processes = running();
        processes.forEach(ProcessHandle::destroy);
        if (!gone(processes, patience)) {
            processes.stream().filter(ours).forEach(ProcessHandle::destroyForcibly);
            gone(processes, Duration.ofSeconds(5));
        }
    }

    private boolean gone(List<ProcessHandle> processes, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (processes.stream().anyMatch(ours)) {
            if (System.nanoTime() > end) {
                return false;
            }
            Pause.of(STEP);
        }
        // A process loses its command line a moment before its sockets.
        Pause.of(STEP);
        return true;
    }
}
