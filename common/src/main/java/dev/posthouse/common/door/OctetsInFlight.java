package dev.posthouse.common.door;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Room for the bodies that are being read and judged: as many octets at once, over all doors that
 * share it, and so many of one caller (PoHTTP, section 8). A body takes room a step ahead of what
 * has come of it, whatever length it announces; where there is none it waits for its turn.
 *
 * <p>Bodies that have begun go before those that have not, and of them, whenever all would have to
 * wait, one may go beyond the limit: so there is always one that need not wait for any other, and
 * when it ends the next may. No more is held than the limit and that one body.
 */
public final class OctetsInFlight {

    /** How much is taken ahead of what has come. */
    static final int STEP = 64 * 1024;

    private final Bound all;
    private final long mostOfOne;
    private final Function<Caller, Object> key;
    private final Map<Object, Bound> callers = new HashMap<>();

    /**
     * Room that one caller may have all of.
     *
     * @param most octets; 0 for no limit
     */
    public OctetsInFlight(long most) {
        this(most, 0, caller -> "");
    }

    /**
     * Room of which one caller may have a part.
     *
     * @param most octets; 0 for no limit
     * @param mostOfOne caller; 0 for no limit
     * @param key what tells callers apart
     */
    public OctetsInFlight(long most, long mostOfOne, Function<Caller, Object> key) {
        this.all = new Bound(most);
        this.mostOfOne = mostOfOne;
        this.key = key;
    }

    /** How many octets there are now. */
    public synchronized long taken() {
        return all.taken();
    }

    /**
     * Does with the body of a request whatever is to be done. The room for it is kept meanwhile,
     * even if the caller leaves.
     */
    public static <T> T during(RoutingContext request, Supplier<T> work) {
        Share share = request.get(Share.KEY);
        if (share == null) {
            return work.get();
        }
        share.use();
        try {
            return work.get();
        } finally {
            share.used();
        }
    }

    Share share(Caller caller) {
        return shareOf(key.apply(caller));
    }

    synchronized Share shareOf(Object caller) {
        Bound bound = callers.computeIfAbsent(caller, another -> new Bound(mostOfOne));
        bound.join();
        return new Share(caller, bound);
    }

    /** What may go on now. To be called under the lock, and what it returns, without. */
    private List<Runnable> turns(Bound caller) {
        List<Runnable> granted = new ArrayList<>();
        for (Optional<Share> next = all.next(); next.isPresent(); next = all.next()) {
            granted.add(next.get().grant());
        }
        for (Optional<Share> next = caller.next(); next.isPresent(); next = caller.next()) {
            Share share = next.get();
            share.claimed += share.wanted;
            if (all.claim(share)) {
                granted.add(share.grant());
            }
        }
        return granted;
    }

    /** What one body has of it. */
    final class Share {

        private static final String KEY = "dev.posthouse.common.door.OctetsInFlight.Share";

        private final Object caller;
        private final Bound bound;
        private Runnable goOn = () -> {};
        private long held;

        /** Of the caller's part: what is held, and what it waits with for its turn among all. */
        private long claimed;

        private long wanted;
        private boolean waits;
        private boolean answered;
        private boolean inUse;
        private boolean released;

        private Share(Object caller, Bound bound) {
            this.caller = caller;
            this.bound = bound;
        }

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

        /** Whether some of it is here. */
        boolean hasBegun() {
            return held > 0;
        }

        /** How much more it needs to go on. */
        long wanted() {
            return wanted;
        }

        /**
         * Takes as much more as so many octets need.
         *
         * @param granted told, on some thread, when there is room, if there is none at once
         * @return whether there is room at once
         */
        boolean growTo(long octets, Runnable granted) {
            synchronized (OctetsInFlight.this) {
                if (answered || octets <= held) {
                    return true;
                }
                if (waits) {
                    return false;
                }
                wanted = octets - held;
                goOn = granted;
                waits = !claimOfCaller() || !all.claim(this);
                held += waits ? 0 : wanted;
                return !waits;
            }
        }

        /** Whoever goes before all others does not wait for its own caller's other bodies. */
        private boolean claimOfCaller() {
            if (all.isForemost(this)) {
                bound.take(this);
            } else if (!bound.claim(this)) {
                return false;
            }
            claimed += wanted;
            return true;
        }

        private Runnable grant() {
            waits = false;
            held += wanted;
            return goOn;
        }

        /** Whether others wait for what it holds. */
        boolean isInTheWay() {
            synchronized (OctetsInFlight.this) {
                return held > 0 && (all.isAwaited() || bound.isAwaited());
            }
        }

        void giveBack() {
            List<Runnable> granted;
            synchronized (OctetsInFlight.this) {
                answered = true;
                granted = inUse ? List.of() : release();
            }
            granted.forEach(Runnable::run);
        }

        /** From here on somebody holds the body, whoever may have left already. */
        void use() {
            synchronized (OctetsInFlight.this) {
                inUse = true;
                if (released) {
                    all.add(held);
                }
            }
        }

        /** And until here. */
        void used() {
            List<Runnable> granted;
            synchronized (OctetsInFlight.this) {
                inUse = false;
                if (released) {
                    all.add(-held);
                    granted = turns(bound);
                } else {
                    granted = answered ? release() : List.of();
                }
            }
            granted.forEach(Runnable::run);
        }

        private List<Runnable> release() {
            if (released) {
                return List.of();
            }
            released = true;
            all.forget(this, held);
            bound.forget(this, claimed);
            if (bound.isLeftByLast()) {
                callers.remove(caller);
            }
            return turns(bound);
        }
    }
}
