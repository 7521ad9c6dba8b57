package dev.posthouse.relay.delivery;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.relay.outbound.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Sends a peer what waits for it, oldest first (PoHTTP, sections 9 and 10). One round:
 *
 * <ol>
 *   <li>Record what came of attempts, renew the claim, and look what may be sent next.
 *   <li>Send that, each parcel on a thread of its own.
 *   <li>Wait for an answer, or for another parcel.
 * </ol>
 *
 * A crash between 2 and 1 sends the same parcels again, once the lease has run out; receivers know
 * them.
 */
final class DeliverToPeer {

    private static final Logger LOG = Logger.getLogger(DeliverToPeer.class);

    /** Renews the claim many times within its lease. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final PeerJob job;
    private final RecordRound records;
    private final MakeAttempt attempts;
    private final DeliveryMetrics metrics;
    private final Clock clock;
    private final BlockingQueue<Optional<Attempt>> ended = new LinkedBlockingQueue<>();
    private volatile boolean stopping;
    private volatile boolean hasRoom;
    private volatile boolean ours = true;

    DeliverToPeer(
            PeerJob job,
            RecordRound records,
            MakeAttempt attempts,
            DeliveryMetrics metrics,
            Clock clock) {
        this.job = job;
        this.records = records;
        this.attempts = attempts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Nothing more is sent; what is under way ends. */
    void stop() {
        stopping = true;
        ended.add(Optional.empty());
    }

    /** There is another parcel, perhaps. */
    void nudge() {
        if (hasRoom) {
            hasRoom = false;
            ended.add(Optional.empty());
        }
    }

    /**
     * Works the job off.
     *
     * @return when the peer is due again, as far as is known
     */
    Optional<Instant> deliver() throws InterruptedException {
        do {
            // Before the look, so that what comes after it is looked for again.
            hasRoom = true;
            Optional<List<Waiting>> next = round();
            ours = next.isPresent();
            next.orElse(List.of()).forEach(this::start);
            if (job.room(clock.instant()) == 0) {
                hasRoom = false;
            }
            if (!job.underWay().isEmpty()) {
                await();
            } else if (!job.hasNews()) {
                return ours ? records.release(job, clock.instant()) : Optional.empty();
            }
        } while (true);
    }

    /** A claim that was lost stays lost, but what was sent is recorded. */
    private Optional<List<Waiting>> round() throws InterruptedException {
        int most = maySend() ? PeerJob.IN_FLIGHT : 0;
        try {
            return records.record(job, most, clock.instant());
        } catch (RuntimeException failure) {
            String away =
                    DatabaseAway.in(failure).orElseThrow(() -> failure).getClass().getSimpleName();
            if (stopping) {
                throw failure;
            }
            LOG.warnf("Sending to %s waits for the database: %s", job.peer(), away);
            TimeUnit.NANOSECONDS.sleep(ROUND.toNanos());
            return ours ? Optional.of(List.of()) : Optional.empty();
        }
    }

    /** Whoever waits for room asks again: that may take longer than the claim lasts. */
    boolean maySend() {
        return ours && !stopping;
    }

    private void start(Waiting parcel) {
        job.began(parcel);
        boolean sound = job.isSound();
        Thread.ofVirtual()
                .name("send")
                .start(() ->
                        ended.add(
                                Optional.of(
                                        attempts.make(job.peer(), sound, parcel, this::maySend))));
    }

    private void await() throws InterruptedException {
        List<Optional<Attempt>> news = new ArrayList<>();
        Optional<Attempt> first = ended.poll(ROUND.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            news.add(first);
            ended.drainTo(news);
        }
        news.forEach(one -> one.ifPresent(this::judge));
    }

    private void judge(Attempt attempt) {
        boolean wasSound = job.standing().failures() == 0;
        metrics.attempted(attempt.outcome());
        job.ended(attempt, ThreadLocalRandom.current().nextDouble(), clock.instant());
        if (wasSound && job.standing().failures() > 0) {
            LOG.infof("%s takes no parcels now: %s", job.peer(), attempt.outcome().code());
        }
        if (attempt.outcome() instanceof Outcome.Refused refused) {
            LOG.infof("%s refuses a parcel for good: %s", job.peer(), refused.code());
        }
        if (attempt.outcome() instanceof Outcome.Unsendable never) {
            LOG.infof("A parcel for %s cannot be sent: %s", job.peer(), never.code());
        }
    }
}
