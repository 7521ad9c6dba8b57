package dev.posthouse.local;

import dev.posthouse.local.process.JvmEnd;
import dev.posthouse.local.process.Pause;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Tells of each trouble once, when it comes. */
final class TroubleWatch {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Troubles troubles;
    private final Consumer<String> tell;
    private List<String> known = List.of();

    TroubleWatch(Troubles troubles, Consumer<String> tell) {
        this.troubles = troubles;
        this.tell = tell;
    }

    /** Looks now and then, until this program ends. */
    void untilTheEnd() {
        while (!JvmEnd.underWay()) {
            look();
            Pause.of(BETWEEN_LOOKS);
        }
    }

    /** Looks now: what ends the suite may have come after the last look. */
    synchronized void look() {
        List<String> now = troubles.around();
        now.stream().filter(Predicate.not(known::contains)).forEach(tell);
        known = now;
    }
}
