package dev.posthouse.common.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a door refuses from the head of a request alone. */
final class EntryRules {

    private EntryRules() {}

    /** Where the body ends must be beyond doubt: others may read the same octets another way. */
    static Optional<Refusal> refuseFraming(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean clear =
                codings.isEmpty()
                        || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
        if (clear && request.headers().getAll(HttpHeaders.HOST).size() <= 1) {
            return Optional.empty();
        }
        routing.addEndHandler(answered -> request.connection().close());
        return Optional.of(Refusal.of(400, "request", "This is no good HTTP."));
    }

    static Optional<Refusal> refuseAuthority(HttpServerRequest request, Door door) {
        return door.authorities().isEmpty() || door.authorities().contains(authority(request))
                ? Optional.empty()
                : Optional.of(Refusal.of(421, "authority", "This is not the host you mean."));
    }

    /** Of the target where that is a whole URI (RFC 9112, section 3.2.2), else of the header. */
    private static String authority(HttpServerRequest request) {
        String authority = null;
        if (request.uri().startsWith("/")) {
            HostAndPort named = request.authority();
            if (named != null) {
                authority = named.port() < 0 ? named.host() : named.host() + ":" + named.port();
            }
        } else {
            authority = URI.create(request.uri()).getRawAuthority();
        }
        return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    }

    static Optional<Refusal> refuseMethod(HttpServerRequest request, Door door, Entrance entrance) {
        if (door.answers(request.method().name())) {
            return Optional.empty();
        }
        request.response().putHeader(HttpHeaders.ALLOW, entrance.allowed());
        return Optional.of(
                Refusal.of(405, "method", "This path answers " + entrance.allowed() + " only."));
    }

    static Optional<Refusal> refuseNegotiation(HttpServerRequest request, Door.Body body) {
        Optional<Refusal> answer =
                body.isAnswered() ? Negotiation.refuseAnswer(request) : Optional.empty();
        return answer.or(() ->
                body.kind() == Door.Body.Kind.JSON || !body.types().isEmpty()
                        ? Negotiation.refuseBody(request, body.types())
                        : Optional.empty());
    }

    static Optional<Refusal> refuseRole(Caller caller, Door door) {
        if (door.roles().isEmpty() || door.gate().isPresent() || caller.hasRole(door.roles())) {
            return Optional.empty();
        }
        return Optional.of(
                caller.certified()
                        ? Refusal.of(403, "caller.role", "Your certificate's role may not do this.")
                        : Refusal.of(
                                401, "caller.unauthenticated", "A client certificate is needed."));
    }

    static Optional<Refusal> refuseUnwantedBody(HttpServerRequest request, Door.Body body) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean unwanted =
                !body.isExpected()
                        && (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                                || (length != null && !length.equals("0")));
        return unwanted
                ? Optional.of(Refusal.of(413, "body.too-large", "This path takes no body."))
                : Optional.empty();
    }

    /** What a door refuses once it has the body. */
    static Optional<Refusal> refuseContent(
            HttpServerRequest request, Door.Body expected, byte[] body) {
        return switch (expected.kind()) {
            case NONE, OCTETS -> Optional.empty();
            case JSON -> refuseJson(request, expected, body);
            case JSON_ALONE ->
                    Negotiation.refuseBody(request, expected.types())
                            .or(() -> refuseJson(request, expected, body));
            case JSON_UNREAD ->
                    Negotiation.refuseBody(request, expected.types())
                            .or(() -> Negotiation.refuseCharset(request));
        };
    }

    private static Optional<Refusal> refuseJson(
            HttpServerRequest request, Door.Body expected, byte[] body) {
        return Negotiation.refuseCharset(request)
                .or(() -> StrictJson.refuse(body, expected.deepest()));
    }
}
