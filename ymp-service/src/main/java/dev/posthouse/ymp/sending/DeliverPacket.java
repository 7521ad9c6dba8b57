package dev.posthouse.ymp.sending;

import dev.posthouse.ymp.asking.HeldToken;
import dev.posthouse.ymp.asking.HeldTokens;
import dev.posthouse.ymp.outgoing.Batch;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Sends one packet, or a part of one, and acts on what the host says (YMP, section 6). */
@Singleton
final class DeliverPacket {

    private final PacketClient client;
    private final HeldTokens tokens;
    private final RecordDelivery records;
    private final RecordFailure failures;
    private final SendingMetrics metrics;

    DeliverPacket(
            PacketClient client,
            HeldTokens tokens,
            RecordDelivery records,
            RecordFailure failures,
            SendingMetrics metrics) {
        this.client = client;
        this.tokens = tokens;
        this.records = records;
        this.failures = failures;
        this.metrics = metrics;
    }

    /**
     * Delivers.
     *
     * @return whether the job goes on
     */
    boolean deliver(Job job, HeldToken token) {
        Outcome outcome = client.send(job, token, () -> records.hold(job));
        metrics.sent(job, outcome);
        return switch (outcome) {
            case Outcome.Taken _ -> taken(job);
            case Outcome.TokenVoid _ -> tokenVoid(job, token);
            case Outcome.Later later -> failed(job, later.code(), later.after());
            case Outcome.Refused refused -> refused(job, refused.code());
            case Outcome.Stopped _ -> stopped(job);
        };
    }

    private boolean taken(Job job) {
        records.taken(job, job.parts().next());
        job.taken();
        return true;
    }

    /** The first time another token is asked for; the second the host is left alone as well. */
    private boolean tokenVoid(Job job, HeldToken token) {
        boolean again = job.claim().refused();
        tokens.drop(token);
        records.tokenVoid(job);
        return again ? failed(job, "401", Duration.ZERO) : true;
    }

    private boolean failed(Job job, String code, Duration asked) {
        failures.failed(job, code, asked);
        return false;
    }

    /**
     * A host that wants none of several messages is not asked about each of the others without a
     * pause.
     */
    private boolean refused(Job job, String code) {
        Batch refused = job.parts().next();
        if (job.parts().refuse() && records.dead(job, refused.messages().getFirst(), code)) {
            metrics.died();
        }
        return !job.parts().allRefused() || failed(job, code, Duration.ZERO);
    }

    private boolean stopped(Job job) {
        records.releaseNow(job);
        return false;
    }
}
