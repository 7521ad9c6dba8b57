package dev.posthouse.relay.collection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.posthouse.relay.parcel.Waiting;
import dev.posthouse.relay.parcel.WaitingParcels;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * What is said on one connection (PoHTTP, section 11.1):
 *
 * <pre>
 *   CHALLENGED --answer--> JUDGED --admitted--> COLLECTING --leave--> LEAVING
 *        |                    |                     |                    |
 *        +--------------------+--------------------ENDED----------------+
 * </pre>
 *
 * Each method says what has happened, and returns what is to be done. What has been acknowledged is
 * recorded after the end as well; all else ends there. Not for more than one thread.
 */
final class Conversation {

    /** So many are read at once. */
    static final int AHEAD = 64;

    private enum Phase {
        CHALLENGED,
        JUDGED,
        COLLECTING,
        LEAVING,
        ENDED
    }

    private final Challenge challenge;
    private final Manner manner;
    private final Ahead ahead;

    /** Sent on this connection and not acknowledged. */
    private final Set<UUID> inFlight = new HashSet<>();

    /** Acknowledged and not yet being recorded. */
    private final Set<UUID> acknowledged = new HashSet<>();

    /** Being recorded. */
    private final Set<UUID> recording = new HashSet<>();

    /** Collected by others while we looked. */
    private final Set<UUID> goneMeanwhile = new HashSet<>();

    private Phase phase = Phase.CHALLENGED;
    private boolean looking;
    private boolean lookingAgain;
    private boolean sending;

    /** Whether there may be parcels that have not been looked for. */
    private boolean news = true;

    /**
     * How the gateway wants it.
     *
     * @param inFlight the most that is unacknowledged at a time
     * @param untilComplete whether to close when all is sent and acknowledged
     */
    record Manner(int inFlight, boolean untilComplete) {}

    Conversation(Challenge challenge, Manner manner, Clock clock) {
        this.challenge = challenge;
        this.manner = manner;
        this.ahead = new Ahead(clock);
    }

    /** The connection is there. */
    List<Step> begin() {
        return List.of(new Step.Say(challenge.encoded()));
    }

    /** The client has said something. */
    List<Step> message(byte[] octets) {
        return switch (phase) {
            case CHALLENGED -> answer(octets);
            case JUDGED -> end(Ending.REFUSED);
            case COLLECTING, LEAVING, ENDED -> acknowledge(octets);
        };
    }

    private List<Step> answer(byte[] octets) {
        Optional<byte[]> signature = Challenge.signature(octets);
        if (signature.isEmpty()) {
            return end(Ending.REFUSED);
        }
        phase = Phase.JUDGED;
        return List.of(new Step.Judge(signature.get()));
    }

    private List<Step> acknowledge(byte[] octets) {
        Optional<UUID> id = deliveryId(octets).filter(inFlight::remove);
        if (id.isEmpty()) {
            return end(Ending.REFUSED);
        }
        acknowledged.add(id.get());
        return goOn();
    }

    private static Optional<UUID> deliveryId(byte[] octets) {
        try {
            return Optional.of(UUID.fromString(new String(octets, US_ASCII)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** The signature is a gateway's that may collect. */
    List<Step> admitted() {
        if (phase == Phase.JUDGED) {
            phase = Phase.COLLECTING;
        }
        return goOn();
    }

    /** No such gateway may collect here, or no longer. */
    List<Step> refused() {
        return end(Ending.REFUSED);
    }

    /** The handshake takes too long. */
    List<Step> late() {
        return phase == Phase.CHALLENGED ? end(Ending.REFUSED) : List.of();
    }

    /** The look that was asked for has found these. */
    List<Step> found(List<Waiting> parcels) {
        looking = false;
        if (phase != Phase.COLLECTING) {
            return goOn();
        }
        ahead.add(
                parcels.stream()
                        .filter(parcel -> !goneMeanwhile.contains(parcel.delivery()))
                        .toList(),
                room());
        goneMeanwhile.clear();
        news |= isFull(parcels);
        return goOn();
    }

    /** Whether there may be more than these. */
    private static boolean isFull(List<Waiting> read) {
        return read.size() >= AHEAD
                || read.stream().mapToInt(parcel -> parcel.octets().length).sum()
                        >= WaitingParcels.MOST_OCTETS;
    }

    /**
     * The look that was asked for has found that, of these, some still wait. For one that does not
     * there may be a newer version.
     */
    List<Step> stillWaiting(List<UUID> asked, Set<UUID> still) {
        lookingAgain = false;
        if (phase == Phase.COLLECTING) {
            ahead.see(asked, still, room());
            news |= still.size() < asked.size();
        }
        return goOn();
    }

    /** The parcel is sent: there is room for another. */
    List<Step> sent() {
        sending = false;
        return goOn();
    }

    /** A parcel for this gateway has come. */
    List<Step> arrived() {
        news = true;
        return goOn();
    }

    /** What was acknowledged has been recorded. */
    List<Step> recorded() {
        recording.clear();
        return goOn();
    }

    /** Another connection has collected these. */
    List<Step> gone(Set<UUID> collected) {
        ahead.remove(collected);
        if (looking) {
            goneMeanwhile.addAll(collected);
        }
        return goOn();
    }

    /** Time passes: what was read and could not be sent is not kept. */
    List<Step> tick() {
        return goOn();
    }

    /** Something of ours failed. */
    List<Step> failed() {
        return end(Ending.FAILED);
    }

    /** The client is to go on elsewhere: once all is recorded, or at once when told again. */
    List<Step> leave() {
        if (phase != Phase.COLLECTING) {
            return end(Ending.COME_AGAIN);
        }
        phase = Phase.LEAVING;
        ahead.clear();
        return goOn();
    }

    /** The client sends what it must not, or the connection is no more. */
    List<Step> end(Ending ending) {
        ahead.clear();
        if (phase == Phase.ENDED) {
            return goOn();
        }
        phase = Phase.ENDED;
        List<Step> steps = new ArrayList<>(goOn());
        steps.add(new Step.Close(ending));
        return steps;
    }

    /** The connection is no more. */
    List<Step> closed() {
        phase = Phase.ENDED;
        ahead.clear();
        return goOn();
    }

    /** How many waiting parcels are known here, if more would be welcome at once. */
    OptionalInt wanting() {
        return phase == Phase.COLLECTING && !looking && !news && hasRoom() && ahead.isEmpty()
                ? OptionalInt.of(known().size())
                : OptionalInt.empty();
    }

    /** Whether parcels are held here that have not been sent. */
    boolean isHolding() {
        return !ahead.isEmpty();
    }

    private List<Step> goOn() {
        List<Step> steps = new ArrayList<>();
        if (recording.isEmpty() && !acknowledged.isEmpty()) {
            recording.addAll(acknowledged);
            acknowledged.clear();
            steps.add(new Step.Forget(Set.copyOf(recording)));
        }
        if (phase == Phase.COLLECTING) {
            collect(steps);
        }
        boolean recorded = recording.isEmpty() && acknowledged.isEmpty();
        if (phase == Phase.LEAVING && recorded) {
            phase = Phase.ENDED;
            steps.add(new Step.Close(Ending.COME_AGAIN));
        }
        if (phase == Phase.COLLECTING && manner.untilComplete() && recorded && isDone()) {
            phase = Phase.ENDED;
            steps.add(new Step.Close(Ending.COMPLETE));
        }
        return steps;
    }

    private void collect(List<Step> steps) {
        news |= ahead.dropStale();
        if (!looking && news && hasRoom() && ahead.isLow()) {
            looking = true;
            news = false;
            steps.add(new Step.Look(known()));
        }
        if (hasRoom()) {
            ahead.next().ifPresent(parcel -> deliver(parcel, steps));
        }
        if (hasRoom() && !lookingAgain && !ahead.isEmpty()) {
            lookingAgain = true;
            steps.add(new Step.LookAgain(ahead.first(manner.inFlight())));
        }
    }

    private void deliver(Waiting parcel, List<Step> steps) {
        sending = true;
        inFlight.add(parcel.delivery());
        steps.add(new Step.Deliver(parcel));
    }

    private boolean hasRoom() {
        return !sending && room() > 0;
    }

    private int room() {
        return manner.inFlight() - inFlight.size();
    }

    private boolean isDone() {
        return !looking && !news && !sending && inFlight.isEmpty() && ahead.isEmpty();
    }

    private Set<UUID> known() {
        Set<UUID> known = new HashSet<>(inFlight);
        known.addAll(acknowledged);
        known.addAll(recording);
        ahead.addIdsTo(known);
        return known;
    }
}
