package dev.posthouse.ymp.sending;

import dev.posthouse.ymp.outgoing.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What is left of a packet while it is sent: a host that refuses it is sent its halves, so that one
 * bad message does not hold up the rest (YMP, section 6). It lives no longer than the job: what was
 * taken or refused is recorded part by part, and the next job packs what is left anew.
 */
final class Parts {

    private final Deque<Batch> left = new ArrayDeque<>();
    private boolean split;
    private boolean taken;

    private Parts() {}

    /** Nothing, so far. */
    static Parts none() {
        return new Parts();
    }

    /** A packet that has not been sent. */
    static Parts of(Batch whole) {
        Parts parts = new Parts();
        parts.left.add(whole);
        return parts;
    }

    /** Whether the host has refused none of it. */
    boolean isWhole() {
        return !split;
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** The next to be sent. */
    Batch next() {
        return left.getFirst();
    }

    /** The host has taken the next. */
    void take() {
        left.removeFirst();
        taken = true;
    }

    /**
     * The host does not want the next.
     *
     * @return whether that was a single message, which goes no further
     */
    boolean refuse() {
        Batch refused = left.removeFirst();
        if (refused.size() == 1) {
            return true;
        }
        split = true;
        List<Batch> halves = refused.halves();
        left.addFirst(halves.get(1));
        left.addFirst(halves.get(0));
        return false;
    }

    /** Whether the host wanted none of several messages: hardly for what stands in each. */
    boolean allRefused() {
        return left.isEmpty() && split && !taken;
    }
}
