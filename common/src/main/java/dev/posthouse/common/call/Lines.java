package dev.posthouse.common.call;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.common.call.Line.Pin;
import dev.posthouse.common.guard.Destination;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines in use, and for a while those that were (YMP, section 8). A line on which a call failed
 * takes no more: a peer that has gone without a word would else be asked on the same connection for
 * ever.
 */
final class Lines {

    /** Lines kept though nobody uses them: strangers name hosts without end. */
    static final int MOST_IDLE = 128;

    private final Vertx vertx;
    private final CallTls tls;
    private final CallLimits limits;

    /** Those that take calls, the one that waited longest for one first. */
    private final Map<Pin, Line> kept = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<Line> open = new HashSet<>();
    private boolean closed;

    Lines(Vertx vertx, CallTls tls, CallLimits limits) {
        this.vertx = vertx;
        this.tls = tls;
        this.limits = limits;
    }

    /** The addresses, those with a line first: a dead one is then not tried again in every call. */
    synchronized List<Pin> pins(Destination where) {
        return where.addresses().stream()
                .map(address -> new Pin(where.name(), address, false))
                .sorted(Comparator.comparing(pin -> !keeps(pin) && !keeps(pin.inPlain())))
                .toList();
    }

    /** Whether there is a line already. */
    synchronized boolean keeps(Pin pin) {
        return kept.containsKey(pin);
    }

    /** Takes a line for a call. */
    synchronized Line take(Pin pin) {
        if (closed) {
            throw new CallFailed(Reason.CLOSED);
        }
        Line line = kept.computeIfAbsent(pin, this::opened);
        line.calls++;
        vertx.cancelTimer(line.timer);
        return line;
    }

    private Line opened(Pin pin) {
        Line line = new Line(vertx, pin, tls, limits);
        open.add(line);
        return line;
    }

    /** After each call, once. */
    synchronized void giveBack(Line line, boolean sound) {
        line.calls--;
        if (!sound) {
            kept.remove(line.pin(), line);
        }
        if (line.calls > 0) {
            return;
        }
        if (kept.get(line.pin()) != line) {
            close(line);
            return;
        }
        line.timer = vertx.setTimer(limits.idle().toMillis(), ignored -> closeIdle(line));
        if (kept.size() > MOST_IDLE) {
            kept.values().stream()
                    .filter(other -> other.calls == 0)
                    .findFirst()
                    .ifPresent(this::closeIdle);
        }
    }

    private synchronized void closeIdle(Line line) {
        if (line.calls == 0) {
            vertx.cancelTimer(line.timer);
            kept.remove(line.pin(), line);
            close(line);
        }
    }

    private void close(Line line) {
        if (open.remove(line)) {
            line.close();
        }
    }

    /** How many lines have not been closed. */
    synchronized int size() {
        return open.size();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Ends every call, and takes no more. */
    synchronized void close() {
        closed = true;
        kept.clear();
        List.copyOf(open).forEach(this::close);
    }
}
