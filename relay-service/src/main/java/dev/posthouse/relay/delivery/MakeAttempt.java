package dev.posthouse.relay.delivery;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.relay.outbound.Outbound;
import dev.posthouse.relay.outbound.Waiting;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Sends one parcel once: reads its octets when there is room for them, and sends them unless it has
 * been delivered, replaced or has expired meanwhile.
 */
@Singleton
final class MakeAttempt {

    private static final Logger LOG = Logger.getLogger(MakeAttempt.class);

    private final Outbound outbound;
    private final PohttpClient client;
    private final WayOut room;
    private final Turns turns;
    private final Clock clock;

    MakeAttempt(Outbound outbound, PohttpClient client, WayOut room, Turns turns, Clock clock) {
        this.outbound = outbound;
        this.client = client;
        this.room = room;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * Makes it; any failure is an outcome.
     *
     * @param sound whether the peer's last attempt was answered
     * @param wanted whether it is still to be made, once there is room for it
     */
    Attempt make(String peer, boolean sound, Waiting parcel, BooleanSupplier wanted) {
        String host = client.host(parcel);
        if (!room.take(host, sound, parcel.size())) {
            return new Attempt(
                    parcel, wanted.getAsBoolean() ? new Outcome.Crowded() : new Outcome.Stopped());
        }
        try {
            return new Attempt(
                    parcel,
                    wanted.getAsBoolean() ? send(peer, sound, parcel) : new Outcome.Stopped());
        } catch (RuntimeException | Error failure) {
            LOG.errorf(failure, "A parcel for %s could not be sent", peer);
            return new Attempt(parcel, new Outcome.Later("internal", Duration.ZERO, false));
        } finally {
            room.giveBack(host, sound, parcel.size());
        }
    }

    private Outcome send(String peer, boolean sound, Waiting parcel) {
        Instant now = clock.instant();
        Optional<byte[]> octets;
        try {
            octets = turns.call(() -> outbound.octets(parcel.version(), now));
        } catch (RuntimeException | Error failure) {
            return withheld(peer, failure);
        }
        return octets.map(sent -> client.send(peer, sound, parcel, sent))
                .orElseGet(Outcome.Gone::new);
    }

    /**
     * Not the peer's failure, whatever it is. Where the database refuses this parcel alone, the
     * others must not wait behind it; without a database the job itself waits.
     */
    private static Outcome withheld(String peer, Throwable failure) {
        DatabaseAway.in(failure)
                .ifPresentOrElse(
                        away ->
                                LOG.warnf(
                                        "A parcel for %s could not be read, SQLState %s",
                                        peer, away.getSQLState()),
                        () -> LOG.errorf(failure, "A parcel for %s could not be read", peer));
        return new Outcome.Withheld();
    }
}
