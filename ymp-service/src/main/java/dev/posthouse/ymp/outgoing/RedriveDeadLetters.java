package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.guard.HostName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An operator has dead letters sent again (YMP, section 9). */
@Singleton
public final class RedriveDeadLetters {

    private static final int BATCH = 1_000;

    private final DeadLetters letters;
    private final Event<MessageDue> due;
    private final Clock clock;

    RedriveDeadLetters(DeadLetters letters, Event<MessageDue> due, Clock clock) {
        this.letters = letters;
        this.due = due;
        this.clock = clock;
    }

    /**
     * Drives them again, a batch at a time; one that dies again meanwhile stays dead.
     *
     * @param host those of one host, or of all
     * @param seqs just these, or, empty, all
     * @return how many
     */
    public int redrive(Optional<HostName> host, Collection<Long> seqs) {
        Instant now = clock.instant();
        int driven = 0;
        List<HostName> batch;
        do {
            batch =
                    QuarkusTransaction.requiringNew()
                            .call(() -> letters.redrive(host, seqs, now, BATCH));
            batch.stream().distinct().forEach(waiting -> due.fire(new MessageDue(waiting)));
            driven += batch.size();
        } while (batch.size() == BATCH);
        return driven;
    }
}
