package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.database.Batches;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.PacketDead;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.ymp.YmpConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes dead letters of messages that no host has taken for too long (YMP, section 6). */
@Singleton
final class GiveUp {

    private static final Logger LOG = Logger.getLogger(GiveUp.class);
    private static final int BATCH = 1_000;
    private static final String CAUSE = "give-up";

    private final Outgoing outgoing;
    private final Outbox outbox;
    private final Deaths deaths;
    private final Duration giveUp;
    private final Clock clock;

    GiveUp(Outgoing outgoing, Outbox outbox, Deaths deaths, YmpConfig settings, Clock clock) {
        this.outgoing = outgoing;
        this.outbox = outbox;
        this.deaths = deaths;
        this.giveUp = settings.giveUp();
        this.clock = clock;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void giveUp() {
        Batches.drain("giving up messages", BATCH, this::giveUpSome);
    }

    private int giveUpSome() {
        int dead = QuarkusTransaction.requiringNew().call(() -> giveUp(clock.instant()));
        deaths.count(dead);
        if (dead > 0) {
            LOG.warnf("%d messages were given up", dead);
        }
        return dead;
    }

    private int giveUp(Instant now) {
        List<Outgoing.GivenUp> dead = outgoing.giveUpBefore(now.minus(giveUp), CAUSE, now, BATCH);
        outbox.addAll(
                dead.stream()
                        .map(message -> new PacketDead(message.host(), message.id(), CAUSE))
                        .map(fact -> Event.of(fact, now))
                        .toList());
        return dead.size();
    }
}
