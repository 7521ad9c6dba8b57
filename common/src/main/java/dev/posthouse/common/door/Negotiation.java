package dev.posthouse.common.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a caller sends and what it takes back: JSON and nothing else (certificates, sections 2 and
 * 3).
 */
final class Negotiation {

    private static final String JSON = "application/json";

    private Negotiation() {}

    /** 406 when {@code Accept} excludes JSON. */
    static Optional<Refusal> refuseAnswer(RoutingContext request) {
        List<MIMEHeader> ranges = request.parsedHeaders().accept();
        boolean acceptable =
                ranges.isEmpty()
                        || ranges.stream()
                                .filter(Negotiation::coversJson)
                                .max(Comparator.comparingInt(Negotiation::specificity))
                                .filter(range -> range.weight() > 0)
                                .isPresent();
        return acceptable
                ? Optional.empty()
                : Optional.of(Refusal.of(406, "accept", "Answers are application/json."));
    }

    /** 415 for another media type, none, or any {@code Content-Encoding}. */
    static Optional<Refusal> refuseBody(HttpServerRequest request) {
        List<String> types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() != 1 || !mediaType(types.getFirst()).equalsIgnoreCase(JSON)) {
            return Optional.of(
                    Refusal.of(415, "content-type", "The body must be application/json."));
        }
        if (request.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            return Optional.of(
                    Refusal.of(415, "content-encoding", "The body must not be encoded."));
        }
        return Optional.empty();
    }

    /** 400 for a charset other than UTF-8: the type is right, the syntax is not. */
    static Optional<Refusal> refuseCharset(HttpServerRequest request) {
        for (String parameter : request.getHeader(HttpHeaders.CONTENT_TYPE).split(";", -1)) {
            String[] pair = parameter.strip().split("=", 2);
            if (pair[0].equalsIgnoreCase("charset")
                    && !(pair.length == 2
                            && pair[1].replace("\"", "").strip().equalsIgnoreCase("utf-8"))) {
                return Optional.of(Refusal.of(400, "json.encoding", "The body must be UTF-8."));
            }
        }
        return Optional.empty();
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip();
    }

    private static boolean coversJson(MIMEHeader range) {
        return covers(range.component(), "application") && covers(range.subComponent(), "json");
    }

    private static boolean covers(String part, String wanted) {
        return isWildcard(part) || part.equalsIgnoreCase(wanted);
    }

    private static int specificity(MIMEHeader range) {
        return (isWildcard(range.component()) ? 0 : 1) + (isWildcard(range.subComponent()) ? 0 : 1);
    }

    /** Vert.x gives a parsed {@code *} as null. */
    private static boolean isWildcard(String part) {
        return part == null || part.equals("*");
    }
}
