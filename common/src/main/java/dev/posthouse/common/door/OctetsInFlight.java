package dev.posthouse.common.door;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Room for the bodies that are being read and judged: as many octets at once, over all doors that
 * share it (PoHTTP, section 8). A body that finds none waits for its turn; those that have begun go
 * before those that have not, or they would wait for each other. One body alone always finds room.
 */
public final class OctetsInFlight {

    private final long most;
    private final Deque<Wait> waiting = new ArrayDeque<>();
    private long taken;

    /**
     * @param most octets; 0 for no limit
     */
    public OctetsInFlight(long most) {
        this.most = most;
    }

    private record Wait(Share share, long octets, Runnable granted) {}

    /** How many octets there are now. */
    public synchronized long taken() {
        return taken;
    }

    Share share() {
        return new Share();
    }

    private boolean fits(Share share, long octets) {
        return most == 0 || taken == share.held || taken + octets <= most;
    }

    private void release(Share share) {
        List<Runnable> granted = new ArrayList<>();
        synchronized (this) {
            taken -= share.held;
            share.held = 0;
            share.over = true;
            waiting.removeIf(wait -> wait.share() == share);
            Wait next = waiting.peekFirst();
            while (next != null && fits(next.share(), next.octets())) {
                granted.add(waiting.removeFirst().granted());
                next.share().hold(next.octets());
                next = waiting.peekFirst();
            }
        }
        granted.forEach(Runnable::run);
    }

    /** What one body has of it. */
    final class Share {

        private static final String KEY = "dev.posthouse.common.door.OctetsInFlight.Share";

        private long held;
        private boolean over;

        /** Gives everything back when this request has been answered, or its caller has left. */
        void keepUntilAnswered(RoutingContext request) {
            request.put(KEY, this);
            keepDuring(request);
        }

        /** The same for a request that comes through the router again. */
        static void keepDuring(RoutingContext request) {
            Share kept = request.get(KEY);
            if (kept != null) {
                request.addEndHandler(answered -> kept.giveBack());
            }
        }

        /**
         * Takes as much more as a body of that length needs.
         *
         * @param granted told, on some thread, when there is room, if there is none at once
         * @return whether there is room at once
         */
        boolean growTo(long octets, Runnable granted) {
            synchronized (OctetsInFlight.this) {
                long more = octets - held;
                if (over || more <= 0) {
                    return true;
                }
                if (fits(this, more) && (held > 0 || waiting.isEmpty())) {
                    hold(more);
                    return true;
                }
                Wait wait = new Wait(this, more, granted);
                if (held > 0) {
                    waiting.addFirst(wait);
                } else {
                    waiting.addLast(wait);
                }
                return false;
            }
        }

        private void hold(long more) {
            held += more;
            taken += more;
        }

        void giveBack() {
            release(this);
        }
    }
}
