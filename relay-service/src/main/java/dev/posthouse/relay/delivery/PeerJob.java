package dev.posthouse.relay.delivery;

import dev.posthouse.relay.outbound.Settlement;
import dev.posthouse.relay.outbound.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One turn of sending to a peer, from its claim to its release (PoHTTP, section 9). The first
 * parcel goes alone: it opens the connection that the others share, or shows that the peer is away.
 */
final class PeerJob {

    /** Parcels that the peer has not answered yet. */
    static final int IN_FLIGHT = 5;

    /** After that others have their turn, however much still waits for this one. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** How long a peer that answers leaves its host's places, and the room, to others. */
    static final Duration ASIDE = Duration.ofSeconds(5);

    private final Claim claim;
    private final Schedule schedule;
    private final Instant begun;
    private final Set<Long> underWay = new HashSet<>();
    private final List<Settlement> unsettled = new ArrayList<>();
    private Standing standing;
    private Standing recorded;
    private boolean answered;
    private boolean sound;

    PeerJob(Claim claim, Schedule schedule, Instant begun) {
        this.claim = claim;
        this.schedule = schedule;
        this.begun = begun;
        this.sound = claim.sound();
        this.standing = claim.standing();
        this.recorded = standing;
    }

    Claim claim() {
        return claim;
    }

    String peer() {
        return claim.peer();
    }

    Standing standing() {
        return standing;
    }

    /** Whether the peer's last attempt was answered. */
    boolean isSound() {
        return sound && standing.failures() == 0;
    }

    /** Places of the parcels that are being sent. */
    Set<Long> underWay() {
        return Set.copyOf(underWay);
    }

    /** How many more may be sent now. */
    int room(Instant now) {
        if (standing.pauses(now) || isOver(now)) {
            return 0;
        }
        int window = answered && !standing.isProbed() ? IN_FLIGHT : 1;
        return Math.max(0, window - underWay.size());
    }

    /** Whether one may be sent for the last time, though the peer is left alone. */
    boolean maySendLast(Instant now) {
        return standing.pauses(now) && !standing.rests(now) && underWay.isEmpty() && !isOver(now);
    }

    private boolean isOver(Instant now) {
        return Duration.between(begun, now).abs().compareTo(LONGEST) >= 0;
    }

    /** It is being sent. */
    void began(Waiting parcel) {
        underWay.add(parcel.version().seq());
    }

    /** What is to be recorded. */
    List<Settlement> unsettled() {
        return List.copyOf(unsettled);
    }

    /** Whether there is anything to be recorded, be it of the peer alone. */
    boolean hasNews() {
        return !unsettled.isEmpty() || !standing.equals(recorded);
    }

    /** It has been. */
    void settled() {
        unsettled.clear();
        recorded = standing;
    }

    /**
     * Judges what came of an attempt.
     *
     * @param chance from 0 to 1
     */
    void ended(Attempt attempt, double chance, Instant now) {
        Waiting parcel = attempt.parcel();
        underWay.remove(parcel.version().seq());
        switch (attempt.outcome()) {
            case Outcome.Taken _ -> {
                unsettled.add(new Settlement.Delivered(parcel.version()));
                sound();
            }
            case Outcome.Refused refused -> {
                unsettled.add(new Settlement.Dead(parcel.version(), refused.code()));
                sound();
            }
            case Outcome.Unsendable never ->
                    unsettled.add(new Settlement.Dead(parcel.version(), never.code()));
            case Outcome.Later later -> failed(parcel, later, chance, now);
            case Outcome.Withheld _ -> unsettled.add(later(parcel, Duration.ZERO, chance, now));
            case Outcome.Unasked _ -> {
                unsettled.add(later(parcel, Duration.ZERO, chance, now));
                // No failure of the peer's; but its name is not to be asked for beside sound ones.
                sound = false;
            }
            case Outcome.Crowded _ -> crowded(chance, now);
            case Outcome.Elsewhere other ->
                    unsettled.add(new Settlement.Moved(parcel.version(), other.peer()));
            case Outcome.Gone _, Outcome.Stopped _ -> {
                // Nothing is known of the peer, and nothing changes for the parcel.
            }
        }
    }

    private void sound() {
        standing = standing.sound();
        answered = true;
        sound = true;
    }

    /**
     * Ends the turn of a peer that has none of its host's places, or no room for its parcel: the
     * next may have them. There can be thousands; those that do not answer come again rarely.
     */
    private void crowded(double chance, Instant now) {
        if (!underWay.isEmpty()) {
            return;
        }
        Duration aside = isSound() ? ASIDE : schedule.delay(1, chance);
        standing =
                standing.pauses(now)
                        ? standing.resting(now.plus(Schedule.BETWEEN_LAST))
                        : standing.pausing(now.plus(aside));
    }

    private void failed(Waiting parcel, Outcome.Later later, double chance, Instant now) {
        unsettled.add(later(parcel, later.after(), chance, now));
        sound = false;
        standing =
                standing.isProbed() && standing.pauses(now)
                        ? standing.resting(now.plus(Schedule.BETWEEN_LAST))
                        : standing.failed(
                                now.plus(schedule.pause(standing.failures() + 1, chance)));
        if (later.wholePeer()) {
            standing = standing.asked(now.plus(later.after()));
        }
    }

    private Settlement later(Waiting parcel, Duration asked, double chance, Instant now) {
        return new Settlement.Later(parcel.version(), schedule.next(parcel, asked, chance, now));
    }
}
