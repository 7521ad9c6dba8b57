package dev.posthouse.common.door;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads one body of bounded size in bounded time, whatever its length header says (certificates,
 * sections 3 and 11), while there is room for it. All of it runs on the request's event loop.
 */
final class BodyReader {

    /** How long a body waits for room, all steps together (PoHTTP, section 8). */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    /** How often it is looked whether the body comes. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    /** Octets between two glances that are worth the room that they are in. */
    private static final int LEAST = 1024;

    /** After so many glances without them a body is in the way of those that wait. */
    private static final int MOST_QUIET = 3;

    /** No timer has this number. */
    private static final long NONE = -1;

    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final int mostOctets;
    private final long toCome;
    private final Optional<OctetsInFlight.Share> share;
    private final Consumer<byte[]> read;
    private final Consumer<Refusal> refused;
    private final Blocks body;
    private long timer = NONE;
    private long impatience = NONE;
    private long deadline;
    private long patience = PATIENCE.toNanos();
    private long waitsSince;
    private int seen;
    private int quiet;
    private boolean waiting;

    /** Whether it had to wait for room at any time. */
    private boolean heldUp;

    private boolean over;

    BodyReader(
            RoutingContext routing,
            Door.Body expected,
            Consumer<byte[]> read,
            Consumer<Refusal> refused) {
        this.routing = routing;
        this.request = routing.request();
        this.mostOctets = expected.mostOctets();
        this.toCome = announced(request).orElse(mostOctets);
        this.body = new Blocks(toCome);
        this.share = expected.room().map(room -> room.share(Caller.of(routing)));
        this.read = read;
        this.refused = refused;
    }

    void read(Duration timeout) {
        share.ifPresent(room -> room.keepUntilAnswered(routing));
        if (toCome > mostOctets) {
            refuse(tooLarge());
            return;
        }
        deadline = System.nanoTime() + timeout.toNanos();
        watch();
        request.exceptionHandler(gone -> giveUp());
        request.handler(this::append);
        request.endHandler(complete -> {
            if (!over) {
                // While it is still watched: there may be no memory for all of it.
                byte[] whole = body.whole();
                end();
                read.accept(whole);
            }
        });
        if (hasRoom(this::begin)) {
            begin();
        } else {
            request.pause();
        }
    }

    /** None for a body in chunks. */
    private static OptionalLong announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // Vert.x has already refused a length that is no number.
        return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
    }

    private void watch() {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
        long pause = Math.max(1, Math.min(left, GLANCE.toMillis()));
        timer = routing.vertx().setTimer(pause, due -> glance());
    }

    /** Who waits for room is not to blame that nothing comes. */
    private void glance() {
        boolean comes = waiting || body.length() - seen >= LEAST;
        quiet = comes ? 0 : quiet + 1;
        seen = body.length();
        if (deadline - System.nanoTime() <= 0) {
            refuse(heldUp ? noRoom() : tooSlow());
        } else if (isInTheWay()) {
            refuse(noRoom());
        } else {
            watch();
        }
    }

    private boolean isInTheWay() {
        return quiet >= MOST_QUIET && share.filter(OctetsInFlight.Share::isInTheWay).isPresent();
    }

    private void begin() {
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void append(Buffer chunk) {
        if (over) {
            return;
        }
        if (body.length() + chunk.length() > mostOctets) {
            refuse(tooLarge());
            return;
        }
        body.append(chunk);
        if (!hasRoom(request::resume)) {
            request.pause();
        }
    }

    /** For the next step. Where there is none, it goes on there once there is, or gives up. */
    private boolean hasRoom(Runnable goOn) {
        Context loop = ((HttpServerRequestInternal) request).context();
        long steps = (long) body.length() / OctetsInFlight.STEP + 1;
        long octets = Math.min(toCome, steps * OctetsInFlight.STEP);
        boolean room =
                share.map(ours -> ours.growTo(octets, () -> loop.runOnContext(turn -> enter(goOn))))
                        .orElse(true);
        waiting = !room;
        if (!room) {
            heldUp = true;
            waitsSince = System.nanoTime();
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience));
            impatience = routing.vertx().setTimer(left, late -> refuse(noRoom()));
        }
        return room;
    }

    private void enter(Runnable goOn) {
        routing.vertx().cancelTimer(impatience);
        patience -= System.nanoTime() - waitsSince;
        waiting = false;
        if (!over) {
            goOn.run();
        }
    }

    private void refuse(Refusal refusal) {
        if (giveUp()) {
            refused.accept(refusal);
        }
    }

    /** Who left before anything was read may never be heard of again. */
    private boolean giveUp() {
        boolean first = end();
        if (first) {
            body.forget();
            share.ifPresent(OctetsInFlight.Share::giveBack);
        }
        return first;
    }

    private boolean end() {
        boolean first = !over;
        over = true;
        routing.vertx().cancelTimer(timer);
        routing.vertx().cancelTimer(impatience);
        return first;
    }

    private Refusal tooLarge() {
        return Refusal.of(
                413, "body.too-large", "The body is longer than " + mostOctets + " octets.");
    }

    /** For a sender that nobody held up: it may give up what it hears this of. */
    private static Refusal tooSlow() {
        return Refusal.of(408, "body.too-slow", "The body did not arrive in time.");
    }

    private static Refusal noRoom() {
        return Refusal.retry(503, "busy", "Too much is arriving just now.", COME_AGAIN);
    }
}
