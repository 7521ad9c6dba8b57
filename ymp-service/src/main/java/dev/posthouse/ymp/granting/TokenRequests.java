package dev.posthouse.ymp.granting;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.queue.Worker;
import dev.posthouse.ymp.YmpConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The requests for tokens, whose senders have their answer already (YMP, section 5). They wait in
 * memory as they came, and nothing of them is looked at before: what a request names must not show
 * in the time it takes. They may be lost; the host asks again.
 */
@Singleton
final class TokenRequests {

    private static final Logger LOG = Logger.getLogger(TokenRequests.class);

    /** Of all that wait: so many are a hundred times as many as a host's request has. */
    static final long MOST_OCTETS = 16 * 1024 * 1024;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final GrantToken grantToken;
    private final Retries retries;
    private final MeterRegistry metrics;
    private final RateLimit perAddress;
    private final BlockingQueue<byte[]> queue;
    private final AtomicLong octetsWaiting = new AtomicLong();
    private final WaitingStates states;
    private final Worker worker;

    TokenRequests(
            GrantToken grantToken, Retries retries, YmpConfig settings, MeterRegistry metrics) {
        YmpConfig.Limits limits = settings.limits();
        this.grantToken = grantToken;
        this.retries = retries;
        this.metrics = metrics;
        this.perAddress = new RateLimit(limits.requestsPerAddress(), Duration.ofMinutes(1));
        this.queue = new ArrayBlockingQueue<>(limits.requests());
        this.states = new WaitingStates(limits.callbacks(), this::grant);
        this.worker = new Worker("token-requests", TICK, this::round);
    }

    void start(@Observes StartupEvent started) {
        worker.start();
    }

    /** Takes what came from there, or drops it. */
    void take(IpAddress source, byte[] octets) {
        if (perAddress.take(source).isPresent()) {
            count(Fate.LIMITED);
        } else if (queue(octets)) {
            worker.wake();
        } else {
            count(Fate.FULL);
        }
    }

    private boolean queue(byte[] octets) {
        if (octetsWaiting.addAndGet(octets.length) <= MOST_OCTETS && queue.offer(octets)) {
            return true;
        }
        octetsWaiting.addAndGet(-octets.length);
        return false;
    }

    private boolean round() {
        for (byte[] octets = queue.poll(); octets != null; octets = queue.poll()) {
            octetsWaiting.addAndGet(-octets.length);
            TokenRequest.parse(octets)
                    .map(states::add)
                    .orElse(Optional.of(Fate.MALFORMED))
                    .ifPresent(this::count);
        }
        return false;
    }

    private void grant(TokenRequest request) {
        try {
            count(grantToken.grant(request.host(), request.state()));
        } catch (RuntimeException | Error failure) {
            // An Error too: a host whose thread has gone would be in work for ever.
            count(Fate.ERROR);
            DatabaseAway.in(failure)
                    .ifPresentOrElse(
                            away -> LOG.warnf("%s is dropped, the database is away", request),
                            () -> LOG.errorf(failure, "%s failed", request));
        }
    }

    private void count(Fate fate) {
        metrics.counter("posthouse.ymp.requests", "result", fate.code()).increment();
    }

    void stop(@Observes ShutdownEvent stopping) {
        retries.stop();
        worker.close();
        states.drain(GRACE);
    }
}
