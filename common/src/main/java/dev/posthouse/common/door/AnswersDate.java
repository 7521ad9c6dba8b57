package dev.posthouse.common.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Says in every answer when it was made (RFC 9110, section 6.6.1), by which other hosts find out
 * whose clock is wrong (YMP, section 8).
 */
public final class AnswersDate implements Handler<RoutingContext> {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private volatile Said said = new Said(Long.MIN_VALUE, "");

    /** As it was said last, which holds for a second. */
    private record Said(long second, String text) {}

    /** By that clock. */
    public AnswersDate(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext request) {
        request.addHeadersEndHandler(
                ending -> request.response().putHeader(HttpHeaders.DATE, date()));
        request.next();
    }

    private String date() {
        Instant now = clock.instant();
        Said last = said;
        if (last.second() != now.getEpochSecond()) {
            last = new Said(now.getEpochSecond(), DATE.format(now));
            said = last;
        }
        return last.text();
    }
}
