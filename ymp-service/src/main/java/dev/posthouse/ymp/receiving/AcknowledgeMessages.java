package dev.posthouse.ymp.receiving;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** An application has done with messages: they wait no longer (YMP, section 9). */
@Singleton
final class AcknowledgeMessages {

    private final Inbox inbox;
    private final Loads loads;
    private final Clock clock;

    AcknowledgeMessages(Inbox inbox, Loads loads, Clock clock) {
        this.inbox = inbox;
        this.loads = loads;
        this.clock = clock;
    }

    /** Those numbers; unknown ones, and those acknowledged before, are ignored. */
    void acknowledge(Set<Long> seqs) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    List<String> senders = loads.lock(seqs);
                    if (!senders.isEmpty()) {
                        inbox.acknowledge(seqs, senders, clock.instant());
                    }
                });
    }
}
