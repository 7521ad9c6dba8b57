package dev.posthouse.common.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** Writes a refusal as its door words it, and sees an unread body off. */
final class RefusalAnswer {

    /** How long a sender that was refused may go on sending before it is cut off. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private RefusalAnswer() {}

    static void write(RoutingContext request, Refusal refusal) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Worded worded = Worded.of(request, refusal);
        response.setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, worded.mediaType());
        refusal.retryAfter()
                .ifPresent(after ->
                        response.putHeader(
                                HttpHeaders.RETRY_AFTER, Long.toString(Refusal.seconds(after))));
        refusal.challenge().ifPresent(how -> response.putHeader("WWW-Authenticate", how));
        boolean unread = hasBody(request.request()) && !request.request().isEnded();
        if (unread && request.request().version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        end(request, worded.body());
        if (unread) {
            discard(request);
        }
    }

    /** HTTP/2 does not leave the body out of an answer to {@code HEAD} by itself. */
    private static void end(RoutingContext request, String body) {
        if (HttpMethod.HEAD.equals(request.request().method())) {
            request.response().end();
        } else {
            request.response().end(body);
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.version() == HttpVersion.HTTP_2
                || (length != null && !length.equals("0"))
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    /** Reads on for a moment, so that the answer is not lost in a reset, and then hangs up. */
    private static void discard(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        request.handler(ignored -> {});
        request.endHandler(end -> {});
        request.exceptionHandler(gone -> {});
        request.resume();
        routing.vertx()
                .setTimer(
                        LINGER.toMillis(),
                        late -> {
                            if (!request.isEnded()) {
                                cut(request);
                            }
                        });
    }

    private static void cut(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(0);
        } else {
            request.connection().close();
        }
    }
}
