package dev.posthouse.ymp.sending;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.outgoing.Batch;
import dev.posthouse.ymp.outgoing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One turn of sending to a host, from its claim to its release. */
final class Job {

    /** A call may begin so long after the claim was renewed. */
    static final Duration FRESH = Duration.ofSeconds(2);

    private Claim claim;
    private long renewedAt = System.nanoTime();
    private Parts parts = Parts.none();
    private boolean traffic;
    private Instant next;

    Job(Claim claim) {
        this.claim = claim;
    }

    /** As it was last renewed. */
    Claim claim() {
        return claim;
    }

    HostName host() {
        return claim.host();
    }

    /** What is being sent. */
    Parts parts() {
        return parts;
    }

    /** Whether the host has taken anything. */
    boolean hasTraffic() {
        return traffic;
    }

    /** When it is the host's turn again, as far as is known. */
    Optional<Instant> next() {
        return Optional.ofNullable(next);
    }

    /** Whether the lease outlives a call that begins now. */
    boolean isFresh() {
        return System.nanoTime() - renewedAt < FRESH.toNanos();
    }

    void renewed(Claim renewed) {
        claim = renewed;
        renewedAt = System.nanoTime();
    }

    void packed(List<Waiting> messages) {
        parts = messages.isEmpty() ? Parts.none() : Parts.of(new Batch(messages));
    }

    void taken() {
        parts.take();
        traffic = true;
    }

    void ended(Instant until) {
        next = until;
    }
}
