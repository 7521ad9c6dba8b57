package dev.posthouse.ymp.sending;

import dev.posthouse.ymp.Unhurried;
import dev.posthouse.ymp.asking.AskForToken;
import dev.posthouse.ymp.asking.Asked;
import dev.posthouse.ymp.asking.HeldToken;
import dev.posthouse.ymp.peer.Peers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How the sender comes by tokens (YMP, section 4).
 *
 * <pre>
 *   no token --- a grant is awaited ---------> due when it is awaited no longer, or is here
 *           \--- a grant was awaited in vain -> BACKOFF
 *           \--- asked a moment ago ----------> due when that is a second ago
 *           \--- else: asked --- 204 ---------> a grant is awaited
 *                           \--- else --------> BACKOFF
 * </pre>
 *
 * The grant makes the host due at once, whoever takes it.
 */
@Singleton
final class ObtainToken {

    private final AskForToken asking;
    private final Peers peers;
    private final RecordDelivery records;
    private final RecordFailure failures;
    private final Clock clock;

    ObtainToken(
            AskForToken asking,
            Peers peers,
            RecordDelivery records,
            RecordFailure failures,
            Clock clock) {
        this.asking = asking;
        this.peers = peers;
        this.records = records;
        this.failures = failures;
        this.clock = clock;
    }

    /** Without a token nothing is sent: the job ends here. */
    void obtain(Job job) {
        Instant now = clock.instant();
        Claim claim = job.claim();
        if (claim.awaits(now)) {
            records.release(job, claim.times().awaitingUntil());
        } else if (claim.awaitedInVain(now)) {
            failures.failed(job, "grant.missing", Duration.ZERO);
        } else if (mayAsk(job, now)) {
            ask(job);
        } else {
            records.release(job, claim.nextRequest());
        }
    }

    private void ask(Job job) {
        switch (asking.ask(job.host(), () -> records.hold(job))) {
            case Asked.Awaiting awaiting -> records.release(job, awaiting.until());
            case Asked.Failed failed -> {
                if (failed.isOurEnd()) {
                    records.releaseNow(job);
                } else {
                    failures.failed(job, failed.code(), Duration.ZERO);
                }
            }
        }
    }

    /**
     * Asks for another beside one that grows old, once. If that fails, the old one serves to its
     * end; that its grant was lost is found out then, and costs a pause before it is asked for
     * again.
     */
    void refresh(Job job, HeldToken token) {
        Instant now = clock.instant();
        if (isToRefresh(job, token) && token.isAging(now) && mayAsk(job, now)) {
            asking.ask(job.host(), () -> records.hold(job));
        }
    }

    /** Whether nobody has asked for another since this one grew old, if it has. */
    boolean isToRefresh(Job job, HeldToken token) {
        return !job.claim().hasAskedSince(token.agingFrom());
    }

    private boolean mayAsk(Job job, Instant now) {
        return Unhurried.call(() -> peers.mayAsk(job.host(), now));
    }
}
