package dev.posthouse.local;

import dev.posthouse.local.suite.StateDirectory;
import java.util.List;
import java.util.Optional;

/**
 * Whether somebody looks after what runs of a state directory.
 *
 * @param launcher the one that is there
 * @param run what was started, if its start came to an end
 * @param running by name
 */
record Keeper(Optional<ProcessHandle> launcher, Optional<Run> run, List<String> running) {

    static Keeper of(StateDirectory state) {
        return new Keeper(StateLock.holder(state), Run.read(state), state.running());
    }

    /** For who holds the lock: looking at it again would let go of it. */
    static Keeper withoutLauncher(StateDirectory state) {
        return new Keeper(Optional.empty(), Run.read(state), state.running());
    }

    /** Whether nothing runs at all. */
    boolean idle() {
        return running.isEmpty();
    }

    /** Whether a launcher has gone without taking along what it had started: it was killed. */
    boolean killed() {
        return !idle() && launcher.isEmpty() && !run.map(Run::detached).orElse(false);
    }

    /** What a killed launcher has left. */
    String legacy() {
        return "An earlier ./posthouse up was killed and has left these running: "
                + String.join(", ", running);
    }
}
