package dev.posthouse.common.door;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** The id people use to find a request in the logs: taken from the caller when it is harmless. */
public final class RequestId {

    /** The header, in and out. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** The id of this request. */
    public static String of(RoutingContext request) {
        return request.get(HEADER);
    }

    static void assign(RoutingContext request) {
        String given = request.request().getHeader(HEADER);
        String id =
                given != null && HARMLESS.matcher(given).matches()
                        ? given
                        : UUID.randomUUID().toString();
        request.put(HEADER, id);
        MDC.put("requestId", id);
        request.response().putHeader(HEADER, id);
    }
}
