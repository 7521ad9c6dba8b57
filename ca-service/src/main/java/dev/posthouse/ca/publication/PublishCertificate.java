package dev.posthouse.ca.publication;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.common.queue.Backoff;
import dev.posthouse.common.queue.Breaker;
import dev.posthouse.common.queue.Dispatcher;
import dev.posthouse.common.queue.Worker;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.trace.Traces;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Hands certificates and refusals to the repository, at least once, until the session ends
 * (certificates, section 9).
 *
 * <ol>
 *   <li>Take up what is due, under a lease.
 *   <li>Call the repository.
 *   <li>Record how that ended.
 * </ol>
 *
 * A crash between 1 and 3 leaves deliveries whose lease runs out: they are delivered again, and the
 * repository answers a repeat as it answered the first.
 */
@Singleton
public final class PublishCertificate {

    private final Deliveries deliveries;
    private final RepositoryClient repository;
    private final PublicationMetrics metrics;
    private final Clock clock;
    private final Backoff backoff;
    private final Duration lease;
    private final Worker worker;

    PublishCertificate(
            Deliveries deliveries,
            RepositoryClient repository,
            PublicationMetrics metrics,
            Clock clock,
            CaConfig settings) {
        this.deliveries = deliveries;
        this.repository = repository;
        this.metrics = metrics;
        this.clock = clock;
        this.backoff = new Backoff(settings.backoff().first(), settings.backoff().cap());
        this.lease = settings.worker().lease();
        int concurrency = settings.worker().concurrency();
        BadSetting.unlessAtLeast("ca.worker.concurrency", 1, concurrency);
        Breaker breaker = repository.breaker();
        Dispatcher<Deliveries.Claimed, Result> dispatcher =
                new Dispatcher<>(
                        () -> breaker.admits(concurrency),
                        this::claim,
                        this::attempt,
                        this::record,
                        this::wake);
        this.worker = new Worker("publication", settings.worker().tick(), dispatcher::round);
        breaker.onChange(this::wake);
    }

    void start(@Observes StartupEvent started) {
        worker.start();
    }

    /** Queues in the caller's transaction; {@link #wake} after its commit makes it sooner. */
    public void queue(List<Delivery> queued) {
        deliveries.add(queued);
    }

    /** There is something to deliver. */
    public void wake() {
        worker.wake();
    }

    void stop(@Observes ShutdownEvent stopping) {
        worker.close();
    }

    private List<Deliveries.Claimed> claim(int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    metrics.expired(deliveries.expire());
                    return deliveries.claim(most, lease);
                });
    }

    private Result attempt(Deliveries.Claimed claimed) {
        return Traces.resume(claimed.delivery().session().traceparent(), () -> deliver(claimed));
    }

    private Result deliver(Deliveries.Claimed claimed) {
        try {
            repository.deliver(claimed.delivery());
            return new Result.Delivered(claimed, clock.instant());
        } catch (RepositoryClient.Refused refused) {
            return new Result.Failed(claimed, refused.getMessage());
        } catch (RepositoryClient.Unavailable unavailable) {
            metrics.unavailable(unavailable.getMessage());
            return new Result.Postponed(claimed, unavailable.retryAfter());
        } catch (CircuitBreakerOpenException away) {
            return new Result.Postponed(claimed, Duration.ZERO);
        } catch (RuntimeException bug) {
            metrics.broken(bug);
            return new Result.Postponed(claimed, Duration.ZERO);
        }
    }

    private void record(List<Result> results) {
        List<Result.Delivered> delivered = only(Result.Delivered.class, results);
        List<Result.Postponed> postponed = only(Result.Postponed.class, results);
        List<Result.Failed> failed = only(Result.Failed.class, results);
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    deliveries.remove(delivered);
                    deliveries.postpone(postponed, backoff);
                    deliveries.fail(failed);
                });
        metrics.delivered(delivered);
        metrics.failed(failed);
    }

    private static <R extends Result> List<R> only(Class<R> kind, List<Result> results) {
        return results.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
