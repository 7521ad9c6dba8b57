package dev.posthouse.ymp.asking;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.Unhurried;
import dev.posthouse.ymp.YmpConfig;
import dev.posthouse.ymp.peer.Peers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The database's side of asking for a token (YMP, section 4). */
@Singleton
final class AwaitedGrants {

    private final PendingStates states;
    private final Peers peers;
    private final Duration wait;
    private final Clock clock;

    AwaitedGrants(PendingStates states, Peers peers, YmpConfig settings, Clock clock) {
        this.states = states;
        this.peers = peers;
        this.wait = settings.grantWait();
        this.clock = clock;
    }

    /** A new state for that host, committed; its request leaves now. */
    State begin(HostName host) {
        State state = State.random();
        Unhurried.run(() -> {
            Instant now = clock.instant();
            states.add(state, host, now);
            peers.asked(host, now);
        });
        return state;
    }

    /** The grant is waited for from now on. */
    Asked awaiting() {
        return new Asked.Awaiting(clock.instant().plus(wait));
    }

    /** Nothing was asked after all: whoever has the host now may do so at once. */
    void giveBack(HostName host) {
        Unhurried.run(() -> peers.notAsked(host, clock.instant()));
    }

    /** Notes what came of it. */
    void settle(HostName host, Asked asked) {
        Unhurried.run(() -> {
            switch (asked) {
                case Asked.Awaiting awaiting -> peers.await(host, awaiting.until());
                case Asked.Failed _ -> peers.noLongerAwait(host);
            }
        });
    }
}
