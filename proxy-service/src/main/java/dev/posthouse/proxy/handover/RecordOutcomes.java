package dev.posthouse.proxy.handover;

import dev.posthouse.common.event.CsrForwarded;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.proxy.csr.WaitingCsrs;
import dev.posthouse.proxy.csr.WaitingCsrs.Outcome;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Writes down, in one transaction, what came of a batch of CSRs, and says so in events. */
@Singleton
final class RecordOutcomes {

    private static final Logger LOG = Logger.getLogger(RecordOutcomes.class);

    private final WaitingCsrs waiting;
    private final Outbox outbox;
    private final HandOverMetrics metrics;
    private final Clock clock;

    RecordOutcomes(WaitingCsrs waiting, Outbox outbox, HandOverMetrics metrics, Clock clock) {
        this.waiting = waiting;
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    void record(List<Outcome> outcomes) {
        List<Outcome> settled = QuarkusTransaction.requiringNew().call(() -> store(outcomes));
        settled.forEach(metrics::count);
        log(settled);
    }

    private List<Outcome> store(List<Outcome> outcomes) {
        List<Outcome> settled = waiting.record(outcomes);
        Map<Event<CsrForwarded>, String> facts = new LinkedHashMap<>();
        for (Outcome outcome : settled) {
            fact(outcome)
                    .ifPresent(fact ->
                            facts.put(Event.of(fact, clock.instant()), outcome.of().traceparent()));
        }
        outbox.addAll(List.copyOf(facts.keySet()), facts::get);
        return settled;
    }

    private static Optional<CsrForwarded> fact(Outcome outcome) {
        String jtiHash = outcome.of().jtiHash();
        return switch (outcome) {
            case Outcome.Forwarded _ -> Optional.of(new CsrForwarded(jtiHash, "accepted", null));
            case Outcome.Refused refused ->
                    Optional.of(new CsrForwarded(jtiHash, "refused", refused.code()));
            case Outcome.Expired _ -> Optional.of(new CsrForwarded(jtiHash, "expired", null));
            case Outcome.Again _ -> Optional.empty();
        };
    }

    /** A line for each that has ended badly; one for all that must wait for the same reason. */
    private static void log(List<Outcome> settled) {
        for (Outcome outcome : settled) {
            String session = outcome.of().jtiHash();
            if (outcome instanceof Outcome.Refused refused) {
                LOG.infof("The CA refuses session %s: %s", session, refused.code());
            } else if (outcome instanceof Outcome.Expired) {
                LOG.warnf("Session %s ended before the CA took its CSR", session);
            }
        }
        settled.stream()
                .filter(Outcome.Again.class::isInstance)
                .map(Outcome.Again.class::cast)
                .collect(Collectors.groupingBy(Outcome.Again::why, Collectors.counting()))
                .forEach((why, number) ->
                        LOG.warnf("The CA does not take %d CSRs just now: %s", number, why));
    }
}
