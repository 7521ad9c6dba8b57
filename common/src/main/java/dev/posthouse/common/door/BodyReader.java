package dev.posthouse.common.door;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads one body of bounded size in bounded time, whatever its length header says (certificates,
 * sections 3 and 11). All of it runs on the request's event loop.
 */
final class BodyReader {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int mostOctets;
    private final Consumer<Buffer> read;
    private final Consumer<Refusal> refused;
    private final Buffer body = Buffer.buffer();
    private long timer;
    private boolean over;

    BodyReader(
            Vertx vertx,
            HttpServerRequest request,
            int mostOctets,
            Consumer<Buffer> read,
            Consumer<Refusal> refused) {
        this.vertx = vertx;
        this.request = request;
        this.mostOctets = mostOctets;
        this.read = read;
        this.refused = refused;
    }

    void read(Duration timeout) {
        if (announcesTooMuch()) {
            refused.accept(tooLarge());
            return;
        }
        timer = vertx.setTimer(timeout.toMillis(), late -> refuse(tooSlow()));
        request.exceptionHandler(gone -> end());
        request.handler(this::append);
        request.endHandler(complete -> {
            if (end()) {
                read.accept(body);
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private boolean announcesTooMuch() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // Vert.x has already refused a length that is no number.
        return length != null && Long.parseLong(length) > mostOctets;
    }

    private void append(Buffer chunk) {
        if (over) {
            return;
        }
        if (body.length() + chunk.length() > mostOctets) {
            refuse(tooLarge());
        } else {
            body.appendBuffer(chunk);
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
        vertx.cancelTimer(timer);
        return first;
    }

    private Refusal tooLarge() {
        return Refusal.of(
                413, "body.too-large", "The body is longer than " + mostOctets + " octets.");
    }

    private static Refusal tooSlow() {
        return Refusal.of(408, "body.too-slow", "The body did not arrive in time.");
    }
}
