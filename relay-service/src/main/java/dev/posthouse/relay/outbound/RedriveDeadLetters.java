package dev.posthouse.relay.outbound;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An operator has dead letters sent again. */
@Singleton
public final class RedriveDeadLetters {

    private static final int BATCH = 1_000;

    private final DeadLetters letters;
    private final Event<ParcelDue> due;
    private final Clock clock;

    RedriveDeadLetters(DeadLetters letters, Event<ParcelDue> due, Clock clock) {
        this.letters = letters;
        this.due = due;
        this.clock = clock;
    }

    /**
     * Drives them again, a batch at a time; one that dies again meanwhile stays dead.
     *
     * @param peer those for one Internet address, or for all
     * @param seqs just these, or, empty, all
     * @return how many
     */
    public int redrive(Optional<String> peer, Collection<Long> seqs) {
        Instant now = clock.instant();
        int driven = 0;
        List<String> batch;
        do {
            batch =
                    QuarkusTransaction.requiringNew()
                            .call(() -> letters.redrive(peer, seqs, now, BATCH));
            batch.stream().distinct().forEach(waiting -> due.fire(new ParcelDue(waiting)));
            driven += batch.size();
        } while (batch.size() == BATCH);
        return driven;
    }
}
