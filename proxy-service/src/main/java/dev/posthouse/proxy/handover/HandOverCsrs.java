package dev.posthouse.proxy.handover;

import dev.posthouse.common.event.CsrForwarded;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.common.queue.Backoff;
import dev.posthouse.common.queue.Dispatcher;
import dev.posthouse.common.queue.Worker;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ca.CaAnswer;
import dev.posthouse.proxy.ca.CaClient;
import dev.posthouse.proxy.csr.CsrRecorded;
import dev.posthouse.proxy.csr.WaitingCsrs;
import dev.posthouse.proxy.csr.WaitingCsrs.Outcome;
import dev.posthouse.proxy.csr.WaitingCsrs.Waiting;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Hands accepted CSRs to the CA, at least once, until their AccessURL ends (certificates, section
 * 9). A crash after the CA's answer hands the same CSR over again, which the CA knows by its {@code
 * jti}.
 */
@ApplicationScoped
class HandOverCsrs {

    private static final Logger LOG = Logger.getLogger(HandOverCsrs.class);

    private final WaitingCsrs waiting;
    private final CaClient ca;
    private final Outbox outbox;
    private final Clock clock;
    private final Backoff backoff;
    private final Worker worker;

    HandOverCsrs(
            ProxyConfig settings, WaitingCsrs waiting, CaClient ca, Outbox outbox, Clock clock) {
        this.waiting = waiting;
        this.ca = ca;
        this.outbox = outbox;
        this.clock = clock;
        this.backoff = new Backoff(settings.backoff().first(), settings.backoff().cap());
        Duration lease = settings.worker().lease();
        Dispatcher<Waiting, Outcome> dispatcher =
                new Dispatcher<>(
                        settings.worker().concurrency(),
                        most -> waiting.claim(most, clock.instant(), lease),
                        this::handOver,
                        this::record,
                        this::wake);
        this.worker = new Worker("hand-over", settings.worker().tick(), dispatcher::round);
    }

    void start(@Observes StartupEvent started) {
        worker.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        worker.close();
    }

    void wake(@Observes CsrRecorded recorded) {
        wake();
    }

    private void wake() {
        worker.wake();
    }

    private Outcome handOver(Waiting csr) {
        Instant now = clock.instant();
        if (csr.expires().isBefore(now)) {
            LOG.warnf("Session %s ended before the CA took its CSR", csr.jtiHash());
            return new Outcome.Expired(csr);
        }
        return switch (ca.submit(csr.request())) {
            case CaAnswer.Taken taken -> new Outcome.Forwarded(csr);
            case CaAnswer.Refused refused -> {
                LOG.infof("The CA refuses session %s: %s", csr.jtiHash(), refused.code());
                yield new Outcome.Refused(csr, refused.code());
            }
            case CaAnswer.Trouble trouble -> {
                Instant next = clock.instant().plus(pause(csr.attempts(), trouble.after()));
                LOG.warnf(
                        "The CA does not take session %s (try %d): %s",
                        csr.jtiHash(), csr.attempts(), trouble.why());
                yield new Outcome.Again(csr, next);
            }
        };
    }

    private Duration pause(int attempts, Optional<Duration> asked) {
        Duration jittered = backoff.after(attempts, ThreadLocalRandom.current());
        return asked.filter(after -> after.compareTo(jittered) > 0).orElse(jittered);
    }

    private void record(List<Outcome> outcomes) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    waiting.record(outcomes);
                    outbox.addAll(outcomes.stream().flatMap(this::event).toList());
                });
    }

    private Stream<Event<CsrForwarded>> event(Outcome outcome) {
        String jtiHash = outcome.of().jtiHash();
        Stream<CsrForwarded> facts =
                switch (outcome) {
                    case Outcome.Forwarded forwarded ->
                            Stream.of(new CsrForwarded(jtiHash, "accepted", null));
                    case Outcome.Refused refused ->
                            Stream.of(new CsrForwarded(jtiHash, "refused", refused.code()));
                    case Outcome.Expired expired ->
                            Stream.of(new CsrForwarded(jtiHash, "expired", null));
                    case Outcome.Again again -> Stream.empty();
                };
        return facts.map(fact -> Event.of(fact, clock.instant()));
    }
}
