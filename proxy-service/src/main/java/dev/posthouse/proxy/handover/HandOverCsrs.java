package dev.posthouse.proxy.handover;

import dev.posthouse.common.queue.Backoff;
import dev.posthouse.common.queue.Breaker;
import dev.posthouse.common.queue.Dispatcher;
import dev.posthouse.common.queue.Worker;
import dev.posthouse.common.trace.Traces;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ca.CaAnswer;
import dev.posthouse.proxy.ca.CaClient;
import dev.posthouse.proxy.csr.CsrRecorded;
import dev.posthouse.proxy.csr.WaitingCsrs;
import dev.posthouse.proxy.csr.WaitingCsrs.Outcome;
import dev.posthouse.proxy.csr.WaitingCsrs.Waiting;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands accepted CSRs to the CA, at least once, until their AccessURL ends (certificates, section
 * 9). A crash after the CA's answer hands the same CSR over again, which the CA knows by its {@code
 * jti}.
 */
@ApplicationScoped
class HandOverCsrs {

    private final CaClient ca;
    private final Clock clock;
    private final Backoff backoff;
    private final Worker worker;

    HandOverCsrs(
            ProxyConfig settings,
            WaitingCsrs waiting,
            CaClient ca,
            RecordOutcomes outcomes,
            Clock clock) {
        this.ca = ca;
        this.clock = clock;
        this.backoff = new Backoff(settings.backoff().first(), settings.backoff().cap());
        Duration lease = settings.worker().lease();
        Breaker breaker = ca.breaker();
        int concurrency = settings.worker().concurrency();
        Dispatcher<Waiting, Outcome> dispatcher =
                new Dispatcher<>(
                        () -> breaker.admits(concurrency),
                        most -> waiting.claim(most, clock.instant(), lease),
                        this::handOver,
                        outcomes::record,
                        this::wake);
        this.worker = new Worker("hand-over", settings.worker().tick(), dispatcher::round);
        breaker.onChange(this::wake);
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
        if (!csr.expires().isAfter(clock.instant())) {
            return new Outcome.Expired(csr);
        }
        return switch (Traces.resume(csr.traceparent(), () -> ca.submit(csr.request()))) {
            case CaAnswer.Taken _ -> new Outcome.Forwarded(csr);
            case CaAnswer.Refused refused -> new Outcome.Refused(csr, refused.code());
            case CaAnswer.Trouble trouble ->
                    new Outcome.Again(
                            csr,
                            clock.instant().plus(pause(csr.attempts(), trouble.after())),
                            trouble.why());
        };
    }

    /** What the CA asks for, but never longer than our own longest pause: the session ends. */
    private Duration pause(int attempts, Optional<Duration> asked) {
        Duration jittered = backoff.after(attempts, ThreadLocalRandom.current());
        Duration wished = asked.orElse(jittered);
        Duration longest = wished.compareTo(backoff.cap()) > 0 ? backoff.cap() : wished;
        return longest.compareTo(jittered) > 0 ? longest : jittered;
    }
}
