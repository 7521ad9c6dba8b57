package dev.posthouse.ymp.sending;

import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.PacketDead;
import dev.posthouse.common.event.PacketSent;
import dev.posthouse.common.event.TokenRefused;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.ymp.outgoing.Batch;
import dev.posthouse.ymp.outgoing.Outgoing;
import dev.posthouse.ymp.outgoing.Waiting;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The database's side of sending: each call is one transaction (YMP, sections 4, 6 and 9). */
@Singleton
final class RecordDelivery {

    private static final Logger LOG = Logger.getLogger(RecordDelivery.class);

    private final Destinations destinations;
    private final Outgoing outgoing;
    private final Outbox outbox;
    private final Turns turns;
    private final Clock clock;

    RecordDelivery(
            Destinations destinations, Outgoing outgoing, Outbox outbox, Turns turns, Clock clock) {
        this.destinations = destinations;
        this.outgoing = outgoing;
        this.outbox = outbox;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * Renews the job's claim, and packs what waits unless something is still to be sent.
     *
     * @return whether the host is still this job's
     */
    boolean renew(Job job) {
        return turns.callUnhurried(() -> {
            Optional<Claim> renewed = destinations.renew(job.claim());
            renewed.ifPresent(claim -> {
                job.renewed(claim);
                if (job.parts().isEmpty()) {
                    job.packed(outgoing.next(job.host()));
                }
            });
            return renewed.isPresent();
        });
    }

    /**
     * Keeps the host for one call more.
     *
     * @throws LeaseLost when it is no longer this job's
     */
    void hold(Job job) {
        if (!job.isFresh()) {
            Optional<Claim> held = turns.callUnhurried(() -> destinations.prolong(job.claim()));
            job.renewed(held.orElseThrow(LeaseLost::new));
        }
    }

    /** The job is over; the host is due again then, or, null, when there is something for it. */
    void release(Job job, Instant next) {
        job.ended(next);
        turns.runUnhurried(() -> destinations.release(job.claim(), next));
    }

    /** The job is over, and the host due as it was. */
    void releaseNow(Job job) {
        release(job, clock.instant());
    }

    /** The host has taken it. */
    void taken(Job job, Batch batch) {
        Instant now = clock.instant();
        turns.run(() -> {
            destinations.taken(job.claim());
            outgoing.sent(batch, now);
            outbox.add(Event.of(new PacketSent(job.host().text(), batch.size()), now));
        });
    }

    /**
     * The host will never take it.
     *
     * @return whether it has died of that
     */
    boolean dead(Job job, Waiting message, String cause) {
        Instant now = clock.instant();
        LOG.infof("%s refuses a message for good: %s", job.host(), cause);
        return turns.call(() -> {
            boolean died = outgoing.die(message, cause, now);
            if (died) {
                outbox.add(Event.of(new PacketDead(job.host().text(), message.id(), cause), now));
            }
            return died;
        });
    }

    /** The host no longer takes our token. */
    void tokenVoid(Job job) {
        turns.run(() -> {
            destinations.refused(job.claim());
            outbox.add(Event.of(new TokenRefused(job.host().text()), clock.instant()));
        });
    }
}
