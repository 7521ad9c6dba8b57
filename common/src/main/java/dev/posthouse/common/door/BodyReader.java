package dev.posthouse.common.door;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one body of bounded size in bounded time, whatever its length header says (certificates,
 * sections 3 and 11), while there is room for it. All of it runs on the request's event loop.
 */
final class BodyReader {

    /** How long a body waits for room (PoHTTP, section 8). */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    /** No timer has this number. */
    private static final long NONE = -1;

    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final int mostOctets;
    private final Optional<OctetsInFlight.Share> share;
    private final Consumer<Buffer> read;
    private final Consumer<Refusal> refused;
    private final Buffer body = Buffer.buffer();
    private long timer = NONE;
    private long impatience = NONE;
    private boolean over;

    BodyReader(
            RoutingContext routing,
            Door.Body expected,
            Consumer<Buffer> read,
            Consumer<Refusal> refused) {
        this.routing = routing;
        this.request = routing.request();
        this.mostOctets = expected.mostOctets();
        this.share = expected.room().map(OctetsInFlight::share);
        this.read = read;
        this.refused = refused;
    }

    void read(Duration timeout) {
        if (announced() > mostOctets) {
            refused.accept(tooLarge());
            return;
        }
        share.ifPresent(room -> room.keepUntilAnswered(routing));
        timer = routing.vertx().setTimer(timeout.toMillis(), late -> refuse(tooSlow()));
        request.exceptionHandler(gone -> end());
        request.handler(this::append);
        request.endHandler(complete -> {
            if (end()) {
                read.accept(body);
            }
        });
        if (hasRoom(announced(), this::begin)) {
            begin();
        } else {
            request.pause();
        }
    }

    /** 0 for a body in chunks. */
    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // Vert.x has already refused a length that is no number.
        return length == null ? 0 : Long.parseLong(length);
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
        body.appendBuffer(chunk);
        if (!hasRoom(body.length(), request::resume)) {
            request.pause();
        }
    }

    /** Where there is none, it goes on there once there is, or gives up. */
    private boolean hasRoom(long octets, Runnable goOn) {
        Context loop = ((HttpServerRequestInternal) request).context();
        boolean room =
                share.map(ours -> ours.growTo(octets, () -> loop.runOnContext(turn -> enter(goOn))))
                        .orElse(true);
        if (!room) {
            impatience = routing.vertx().setTimer(PATIENCE.toMillis(), late -> refuse(noRoom()));
        }
        return room;
    }

    private void enter(Runnable goOn) {
        routing.vertx().cancelTimer(impatience);
        if (!over) {
            goOn.run();
        }
    }

    private void refuse(Refusal refusal) {
        if (end()) {
            refused.accept(refusal);
        }
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

    private static Refusal tooSlow() {
        return Refusal.of(408, "body.too-slow", "The body did not arrive in time.");
    }

    private static Refusal noRoom() {
        return Refusal.retry(503, "busy", "Too much is arriving just now.", COME_AGAIN);
    }
}
