package dev.posthouse.ymp.sending;

import dev.posthouse.ymp.asking.HeldToken;
import dev.posthouse.ymp.asking.HeldTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Sends a host what waits for it, packet after packet (YMP, sections 4 and 6). One step:
 *
 * <ol>
 *   <li>Renew the claim, and pack the first messages that wait.
 *   <li>Without a token, ask for one, and end; the grant begins the next job.
 *   <li>Send the packet.
 *   <li>Record what came of it.
 * </ol>
 *
 * Before each call of 2 and 3 the claim is renewed as well, unless it just was: a host that makes
 * us look up where its doors are, slowly, is still nobody else's.
 *
 * <p>A crash between 3 and 4 sends the same messages again, under their ids, once the lease has run
 * out; the host knows them by those.
 */
@Singleton
final class SendToHost {

    private final HeldTokens tokens;
    private final ObtainToken obtain;
    private final DeliverPacket deliver;
    private final RecordDelivery records;
    private final Clock clock;
    private volatile boolean stopping;

    SendToHost(
            HeldTokens tokens,
            ObtainToken obtain,
            DeliverPacket deliver,
            RecordDelivery records,
            Clock clock) {
        this.tokens = tokens;
        this.obtain = obtain;
        this.deliver = deliver;
        this.records = records;
        this.clock = clock;
    }

    /** Every job ends after its packet under way. */
    void stop() {
        stopping = true;
    }

    /** Works a job off. */
    void send(Job job) {
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = step(job);
            }
        } catch (LeaseLost lost) {
            records.release(job, null);
        }
    }

    private boolean step(Job job) {
        if (!records.renew(job)) {
            records.release(job, null);
            return false;
        }
        Instant now = clock.instant();
        if (stopping) {
            records.releaseNow(job);
            return false;
        }
        if (job.claim().pauses(now)) {
            records.release(job, job.claim().times().backoffUntil());
            return false;
        }
        return step(job, tokens.usable(job.host(), now));
    }

    private boolean step(Job job, Optional<HeldToken> token) {
        if (job.parts().isEmpty()) {
            records.release(job, token.map(held -> idle(job, held)).orElse(null));
            return false;
        }
        if (token.isEmpty()) {
            obtain.obtain(job);
            return false;
        }
        boolean goesOn = deliver.deliver(job, token.get());
        if (goesOn && job.hasTraffic()) {
            obtain.refresh(job, token.get());
        }
        return goesOn;
    }

    /**
     * Nothing waits: there was traffic in this token's life, so another is asked for when it is
     * old.
     *
     * @return when that is, or null if it has been
     */
    private Instant idle(Job job, HeldToken token) {
        obtain.refresh(job, token);
        boolean later = job.hasTraffic() && !token.isAging(clock.instant());
        return later && obtain.isToRefresh(job, token) ? token.agingFrom() : null;
    }
}
