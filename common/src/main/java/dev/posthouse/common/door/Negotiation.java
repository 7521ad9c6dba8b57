package dev.posthouse.common.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a caller sends and what it takes back: JSON and nothing else (certificates, sections 2 and
 * 3).
 */
final class Negotiation {

    private static final String JSON = "application/json";
    private static final Pattern WEIGHT_ZERO =
            Pattern.compile(";\\s*[qQ]\\s*=\\s*0?\\.?0*\\s*(;|$)");

    private Negotiation() {}

    /**
     * 406 when an {@code Accept} excludes JSON: the range that names it best has weight 0, or none
     * does, not even an empty list.
     */
    static Optional<Refusal> refuseAnswer(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.ACCEPT) || accepts(request)
                ? Optional.empty()
                : Optional.of(Refusal.of(406, "accept", "Answers are application/json."));
    }

    /** Whether an {@code Accept} names JSON, or a range that it is in. */
    static boolean accepts(HttpServerRequest request) {
        return request.headers().getAll(HttpHeaders.ACCEPT).stream()
                .flatMap(field -> Stream.of(field.split(",")))
                .filter(range -> specificity(range) > 0)
                .max(Comparator.comparingInt(Negotiation::specificity))
                .filter(range -> !WEIGHT_ZERO.matcher(range).find())
                .isPresent();
    }

    /** It is decided: the framework, which reads some headers another way, need not judge again. */
    static void settle(HttpServerRequest request, Door.Body body) {
        boolean octets = body.kind() == Door.Body.Kind.OCTETS;
        request.headers().set(HttpHeaders.ACCEPT, octets ? "*/*" : JSON);
        if (octets) {
            request.headers()
                    .set(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                    .remove(HttpHeaders.CONTENT_ENCODING);
        }
    }

    /** The body has been found to be JSON: however its type was written, it is this one. */
    static void settleBody(HttpServerRequest request, Door.Body body) {
        if (body.isJson()) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
        }
    }

    /** How well a range names JSON; 0 when it does not. */
    private static int specificity(String range) {
        return switch (mediaType(range).toLowerCase(Locale.ROOT)) {
            case JSON -> 3;
            case "application/*" -> 2;
            case "*/*", "*" -> 1;
            default -> 0;
        };
    }

    /**
     * 415 for a media type that is none of these, none at all, or any {@code Content-Encoding}.
     *
     * @param types in small letters; none is JSON
     */
    static Optional<Refusal> refuseBody(HttpServerRequest request, Set<String> types) {
        Set<String> taken = types.isEmpty() ? Set.of(JSON) : types;
        List<String> given = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (given.size() != 1
                || !taken.contains(mediaType(given.getFirst()).toLowerCase(Locale.ROOT))) {
            return Optional.of(
                    Refusal.of(
                            415,
                            "content-type",
                            "The body must be " + String.join(" or ", new TreeSet<>(taken)) + "."));
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
}
