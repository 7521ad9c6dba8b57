package dev.posthouse.relay.delivery;

import dev.posthouse.common.call.Answer;
import dev.posthouse.common.call.CallFailed;
import dev.posthouse.common.call.RedirectingClient;
import dev.posthouse.common.call.RetryAfter;
import dev.posthouse.common.guard.StrangerGuard;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.outbound.Waiting;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Brings parcels to other nodes (PoHTTP, section 9). Not to be called within a transaction. */
@Singleton
final class PohttpClient {

    /** A peer that asks for more is asked again all the same. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private static final Set<Integer> LATER = Set.of(408, 421, 425, 429);
    private static final Set<Integer> ASK_FOR_ALL = Set.of(429, 503);

    /** What is told apart in metrics and dead letters; a stranger could make up 400 more. */
    static final Set<Integer> KNOWN =
            Set.of(
                    400, 401, 403, 404, 405, 408, 410, 411, 413, 414, 415, 421, 422, 425, 429, 500,
                    502, 503, 504, 507);

    private final Targets targets;
    private final RedirectingClient client;
    private final Clock clock;
    private final String ourAddress;
    private final Duration whole;
    private final Instant since;

    PohttpClient(Targets targets, RedirectingClient client, Clock clock, RelayConfig settings) {
        this.targets = targets;
        this.client = client;
        this.clock = clock;
        this.ourAddress = settings.internetAddress();
        this.whole = settings.delivery().attemptTimeout();
        this.since = clock.instant();
    }

    /** The host that a parcel goes to first. */
    String host(Waiting parcel) {
        return Targets.host(targets.of(parcel.address()));
    }

    /**
     * Sends a parcel, for no longer than it may be sent; any failure is an outcome. One that waits
     * for another peer than our routes say is left to ours if it came before we did. Since then it
     * was another replica with other routes that took it in, and might have it back: it is sent.
     *
     * @param peer whose it was when it was taken up
     * @param sound whether the last attempt there was answered
     */
    Outcome send(String peer, boolean sound, Waiting parcel, byte[] octets) {
        String current = targets.of(parcel.address());
        if (!current.equals(peer) && parcel.arrived().isBefore(since)) {
            return new Outcome.Elsewhere(current);
        }
        Duration left = Duration.between(clock.instant(), parcel.expires());
        return targets.at(parcel.address(), sound)
                .map(target ->
                        send(
                                target.guard(),
                                sound,
                                new RedirectingClient.Post(
                                        target.url(),
                                        headers(parcel),
                                        octets,
                                        left.compareTo(whole) < 0 ? left : whole)))
                .orElseGet(() -> new Outcome.Unsendable("address.unresolvable"));
    }

    private Map<String, String> headers(Waiting parcel) {
        return Map.of(
                "Content-Type",
                parcel.contentType(),
                "Accept",
                "application/json",
                "X-Relaynet-Gateway",
                "rng+http://" + ourAddress);
    }

    private Outcome send(StrangerGuard guard, boolean sound, RedirectingClient.Post post) {
        try {
            return read(client.post(post, guard));
        } catch (UncallableHost uncallable) {
            return refused(uncallable.reason(), sound);
        } catch (CallFailed failed) {
            if (isTaken(failed.status())) {
                // The peer has it, whatever becomes of the answer's body.
                return new Outcome.Taken(code(failed.status()));
            }
            return failed.reason() == CallFailed.Reason.CLOSED
                    ? new Outcome.Stopped()
                    : later(failed.reason().code());
        }
    }

    /**
     * A name may resolve to something else another time; an address stays what it is. One that is
     * late is a failure like another: else names that nobody answers for would be asked for again
     * and again, and fill the resolver. Only of a peer that answers is it no failure yet.
     */
    private static Outcome refused(UncallableHost.Reason reason, boolean sound) {
        return switch (reason) {
            case SYNTAX, UNLISTED, PORT -> new Outcome.Unsendable(reason.code());
            case ADDRESS, UNKNOWN -> later(reason.code());
            case LATE -> sound ? new Outcome.Unasked(reason.code()) : later(reason.code());
        };
    }

    private static Outcome later(String code) {
        return new Outcome.Later(code, Duration.ZERO, false);
    }

    private Outcome read(Answer answer) {
        int status = answer.status();
        if (isTaken(status)) {
            return new Outcome.Taken(code(status));
        }
        if (status < 400 || status >= 500 || LATER.contains(status)) {
            Duration after = RetryAfter.of(answer, clock.instant(), LONGEST_PAUSE);
            return new Outcome.Later(
                    code(status), after, after.isPositive() && ASK_FOR_ALL.contains(status));
        }
        return new Outcome.Refused(code(status));
    }

    private static boolean isTaken(int status) {
        return status >= 200 && status < 300;
    }

    private static String code(int status) {
        return KNOWN.contains(status) ? Integer.toString(status) : status / 100 + "xx";
    }
}
