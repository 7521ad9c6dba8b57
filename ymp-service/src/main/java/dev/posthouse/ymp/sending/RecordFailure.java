package dev.posthouse.ymp.sending;

import dev.posthouse.common.queue.Backoff;
import dev.posthouse.ymp.YmpConfig;
import dev.posthouse.ymp.outgoing.Outgoing;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * A host does not do as we wish, asked for a token or sent a packet alike: it is left alone for a
 * while, and for longer each time, until it takes a packet (YMP, section 4, BACKOFF).
 */
@Singleton
final class RecordFailure {

    private static final Logger LOG = Logger.getLogger(RecordFailure.class);

    private final Destinations destinations;
    private final Outgoing outgoing;
    private final Turns turns;
    private final Backoff backoff;
    private final Clock clock;

    RecordFailure(
            Destinations destinations,
            Outgoing outgoing,
            Turns turns,
            YmpConfig settings,
            Clock clock) {
        this.destinations = destinations;
        this.outgoing = outgoing;
        this.turns = turns;
        this.backoff = new Backoff(settings.backoff().first(), settings.backoff().cap());
        this.clock = clock;
    }

    /**
     * The job is over; the host is due again after a pause.
     *
     * @param code a fixed word for why, or a status
     * @param asked what the host has asked for: the pause is no shorter
     */
    void failed(Job job, String code, Duration asked) {
        if (job.claim().failures() == 0) {
            LOG.infof("%s is left alone for a while: %s", job.host(), code);
        }
        Duration jittered = backoff.after(job.claim().failures() + 1, ThreadLocalRandom.current());
        Duration pause = asked.compareTo(jittered) > 0 ? asked : jittered;
        Instant until = clock.instant().plus(pause);
        job.ended(until);
        turns.run(() -> {
            destinations.failed(job.claim(), until);
            if (!job.parts().isEmpty()) {
                outgoing.tried(job.parts().next());
            }
        });
    }
}
