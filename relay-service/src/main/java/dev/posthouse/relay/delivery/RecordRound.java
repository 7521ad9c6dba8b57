package dev.posthouse.relay.delivery;

import dev.posthouse.relay.outbound.Outbound;
import dev.posthouse.relay.outbound.SettleParcels;
import dev.posthouse.relay.outbound.Waiting;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The database's side of sending: each call is one transaction. */
@Singleton
final class RecordRound {

    private final Peers peers;
    private final Outbound outbound;
    private final SettleParcels settle;
    private final Turns turns;

    RecordRound(Peers peers, Outbound outbound, SettleParcels settle, Turns turns) {
        this.peers = peers;
        this.outbound = outbound;
        this.settle = settle;
        this.turns = turns;
    }

    /**
     * Records what came of attempts, renews the claim, and looks what may be sent next.
     *
     * @param most no more than that, and than the job has room for
     * @return empty if the peer is another job's
     */
    Optional<List<Waiting>> record(PeerJob job, int most, Instant now) {
        Recorded recorded =
                turns.call(() ->
                        new Recorded(
                                job.hasNews() ? news(job) : 0,
                                peers.renew(job.claim())
                                        ? Optional.of(next(job, most, now))
                                        : Optional.empty()));
        settle.count(recorded.dead());
        job.settled();
        return recorded.next();
    }

    private record Recorded(int dead, Optional<List<Waiting>> next) {}

    private int news(PeerJob job) {
        int dead = settle.settle(job.unsettled());
        peers.record(job.claim(), job.standing(), job.isSound());
        return dead;
    }

    private List<Waiting> next(PeerJob job, int most, Instant now) {
        int room = Math.min(most, job.room(now));
        if (room > 0) {
            return outbound.next(job.peer(), job.underWay(), room, now);
        }
        return most > 0 && job.maySendLast(now) ? last(job, now) : List.of();
    }

    /** A parcel that would else expire while its peer is left alone (PoHTTP, section 9). */
    private List<Waiting> last(PeerJob job, Instant now) {
        return outbound
                .firstToExpire(job.peer(), now)
                .filter(parcel -> !Schedule.lastAttempt(parcel).isAfter(now))
                .map(parcel -> parcel.due(now))
                .stream()
                .toList();
    }

    private Instant amidPause(PeerJob job, Instant now) {
        return job.standing()
                .next(outbound.firstToExpire(job.peer(), now).map(Schedule::lastAttempt));
    }

    /**
     * Ends the claim. A peer for which more waits is due from now on, not since that came: those
     * that wait for their turn are before it.
     *
     * @return when the peer is due again, as far as is known
     */
    Optional<Instant> release(PeerJob job, Instant now) {
        return turns.call(() -> {
            Optional<Instant> next =
                    outbound.nextDue(job.peer(), now)
                            .map(due -> due.isBefore(now) ? now : due)
                            .map(due -> job.standing().pauses(due) ? amidPause(job, now) : due);
            peers.release(job.claim(), next.orElse(null));
            return next;
        });
    }
}
