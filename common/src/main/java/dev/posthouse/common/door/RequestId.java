package dev.posthouse.common.door;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
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

    /** No secret: the system's own random octets, asked for on the event loop, would be dear. */
    private static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    static void assign(RoutingContext request) {
        String given = request.request().getHeader(HEADER);
        String id = given != null && HARMLESS.matcher(given).matches() ? given : fresh();
        request.put(HEADER, id);
        MDC.put("requestId", id);
        request.response().putHeader(HEADER, id);
    }
}
