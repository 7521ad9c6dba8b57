package dev.posthouse.ymp.receiving;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Reads what nobody has acknowledged, oldest first, and takes nothing away (YMP, section 9). */
@Singleton
final class ReadInbox {

    /** So much is read at once, and the message that goes beyond it. */
    private static final long MOST_OCTETS = 4 * 1024 * 1024;

    /** However many wait, so few look at the same time. */
    private static final int LOOKS = 4;

    /** How soon it is noticed that an application has gone. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Semaphore looks = new Semaphore(LOOKS, true);
    private final Inbox inbox;
    private final Arrivals arrivals;

    ReadInbox(Inbox inbox, Arrivals arrivals) {
        this.inbox = inbox;
        this.arrivals = arrivals;
    }

    /**
     * Reads; waits for the first message if there is none and the query says so.
     *
     * @param gone whether nobody listens any longer
     */
    List<Waiting> read(InboxQuery query, BooleanSupplier gone) {
        long end = System.nanoTime() + query.patience().toNanos();
        long seen = arrivals.seen();
        List<Waiting> found = look(query);
        while (found.isEmpty() && waits(seen, end, gone)) {
            seen = arrivals.seen();
            found = look(query);
        }
        return found;
    }

    private boolean waits(long seen, long end, BooleanSupplier gone) {
        boolean arrived = false;
        long left = end - System.nanoTime();
        while (!arrived && left > 0 && !arrivals.isOver() && !gone.getAsBoolean()) {
            arrived = arrivals.await(seen, Duration.ofNanos(Math.min(left, GLANCE.toNanos())));
            left = end - System.nanoTime();
        }
        return arrived;
    }

    private List<Waiting> look(InboxQuery query) {
        looks.acquireUninterruptibly();
        try {
            return QuarkusTransaction.requiringNew().call(() -> inbox.oldest(query, MOST_OCTETS));
        } finally {
            looks.release();
        }
    }
}
