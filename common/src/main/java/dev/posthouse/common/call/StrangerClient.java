package dev.posthouse.common.call;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.common.call.Line.Pin;
import dev.posthouse.common.guard.Destination;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import java.util.List;

/**
 * Calls a host that somebody else named, where the guard found it and nowhere else (YMP, sections 5
 * and 8; PoHTTP, section 9):
 *
 * <ol>
 *   <li>It connects to the addresses in turn, within the connect time, and asks no resolver and no
 *       proxy.
 *   <li>TLS is by the name: SNI, the certificate's chain and names, ALPN for HTTP/2 and 1.1.
 *   <li>The request goes out once. Redirects are answers ({@link RedirectingClient} follows them);
 *       nothing is repeated, since only the caller knows what may be.
 *   <li>The answer is read up to a limit, and the whole call ends in time, whatever the peer does.
 * </ol>
 *
 * For callers on virtual threads, any number at once.
 */
public final class StrangerClient implements AutoCloseable {

    private final CallLimits limits;
    private final Lines lines;

    /**
     * @param vertx whose event loops do the work
     * @param tls whom to trust
     * @param limits of each call
     */
    public StrangerClient(Vertx vertx, CallTls tls, CallLimits limits) {
        this.limits = limits;
        this.lines = new Lines(vertx, tls, limits);
    }

    /**
     * Calls, and waits for the answer.
     *
     * @throws CallFailed when there is none
     */
    public Answer call(Destination where, Call call) {
        return call(where, call, Speech.TLS, Deadline.in(limits.whole()));
    }

    /** The same, with this speech, and until then. */
    Answer call(Destination where, Call call, Speech speech, Deadline until) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("An event loop must not wait.");
        }
        Deadline whole = until.within(limits.whole());
        Open open = open(pins(where, speech), call, speech, whole);
        boolean sound = false;
        try {
            Answer answer = Exchange.of(open.request(), call, limits.body(), whole);
            sound = !answer.cut();
            return answer;
        } catch (CallFailed failed) {
            throw told(failed);
        } finally {
            lines.giveBack(open.line(), sound);
        }
    }

    /** Without TLS nothing leaves this machine. */
    private List<Pin> pins(Destination where, Speech speech) {
        List<Pin> pins = lines.pins(where);
        if (speech != Speech.PLAIN) {
            return pins;
        }
        List<Pin> plain = pins.stream().filter(Pin::isLoopback).map(Pin::inPlain).toList();
        if (plain.isEmpty()) {
            throw new CallFailed(Reason.TLS);
        }
        return plain;
    }

    private Open open(List<Pin> pins, Call call, Speech speech, Deadline whole) {
        Deadline connect = whole.within(limits.connect());
        CallFailed last = new CallFailed(Reason.CONNECT);
        for (int i = 0; i < pins.size(); i++) {
            try {
                Deadline turn = connect.turn(pins.size() - i);
                return speech == Speech.TLS_OR_PLAIN && pins.get(i).isLoopback()
                        ? openEither(pins.get(i), call, turn)
                        : open(pins.get(i), call, turn);
            } catch (CallFailed failed) {
                last = told(failed);
                if (last.reason() == Reason.CLOSED) {
                    throw last;
                }
            }
        }
        throw last;
    }

    private Open openEither(Pin pin, Call call, Deadline turn) {
        if (lines.keeps(pin.inPlain())) {
            return open(pin.inPlain(), call, turn);
        }
        try {
            return open(pin, call, turn);
        } catch (CallFailed failed) {
            boolean opened = failed.reason() == Reason.TLS || failed.reason() == Reason.CONNECT;
            if (!opened || !NoTls.at(pin, turn)) {
                throw failed;
            }
            return open(pin.inPlain(), call, turn);
        }
    }

    private Open open(Pin pin, Call call, Deadline turn) {
        Line line = lines.take(pin);
        try {
            return new Open(
                    line, turn.await(line.request(call), Reason.CONNECT, CallFailed::opening));
        } catch (RuntimeException failed) {
            lines.giveBack(line, false);
            throw failed;
        }
    }

    /** A connection that ended because we closed it is not the peer's doing. */
    private CallFailed told(CallFailed failed) {
        return lines.isClosed() ? new CallFailed(Reason.CLOSED, failed.status()) : failed;
    }

    /** How many lines have not been closed. */
    int lines() {
        return lines.size();
    }

    /** Ends the calls under way with {@link Reason#CLOSED}, and every connection. */
    @Override
    public void close() {
        lines.close();
    }

    /** A request on a connection, ready to be sent. */
    private record Open(Line line, HttpClientRequest request) {}
}
