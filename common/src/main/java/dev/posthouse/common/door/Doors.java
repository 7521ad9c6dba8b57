package dev.posthouse.common.door;

import dev.posthouse.common.mtls.PeerIdentity;
import dev.posthouse.common.net.IpAddress;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What stands before every resource (certificates, section 3). The order of refusals is the
 * sheet's:
 *
 * <ol>
 *   <li>observed address (400) and rate limits (429);
 *   <li>path (404), framing (400), method (405), {@code Accept} (406), media type (415);
 *   <li>role (401, 403);
 *   <li>size (413), time (408) and syntax (400) of the body.
 * </ol>
 *
 * Every answer, whoever gives it, leaves with {@code Cache-Control: no-store}, the request id and a
 * bare {@code application/json}.
 */
public final class Doors implements Handler<RoutingContext> {

    /** What a 404 without {@code Retry-After} costs beyond the call itself. */
    private static final int NOT_FOUND_EXTRA = 2;

    private final List<Door> doors;
    private final List<Door.Limit> elsewhere;
    private final ObservedAddress observed;
    private final String trustDomain;
    private final Duration bodyTimeout;
    private final Consumer<Refusal> refused;

    /**
     * @param doors all there are
     * @param elsewhere limits for paths that are no door
     * @param callers how callers are told apart
     * @param bodyTimeout how long a body may take
     * @param refused is told of every refusal, for metrics
     */
    public Doors(
            List<Door> doors,
            List<Door.Limit> elsewhere,
            Callers callers,
            Duration bodyTimeout,
            Consumer<Refusal> refused) {
        this.doors = List.copyOf(doors);
        this.elsewhere = List.copyOf(elsewhere);
        this.observed = callers.observed();
        this.trustDomain = callers.trustDomain();
        this.bodyTimeout = bodyTimeout;
        this.refused = refused;
    }

    /**
     * How callers are told apart.
     *
     * @param observed finds their address
     * @param trustDomain of their SPIFFE ids
     */
    public record Callers(ObservedAddress observed, String trustDomain) {}

    @Override
    public void handle(RoutingContext request) {
        RequestId.assign(request);
        request.addHeadersEndHandler(ignored -> finish(request.response()));
        ReadRequest.Entry.of(request)
                .ifPresentOrElse(read -> enterAgain(request, read), () -> knock(request));
    }

    private static void enterAgain(RoutingContext request, ReadRequest.Entry read) {
        read.caller().attach(request);
        chargeIfNotFound(request, read.caller(), read.door().limits());
        enter(request, read.body());
    }

    private void knock(RoutingContext request) {
        Optional<Door> door =
                doors.stream().filter(d -> d.path().matcher(path(request)).matches()).findFirst();
        Optional<Refusal> refusal = approach(request, door);
        if (refusal.isPresent()) {
            refuse(request, refusal.get());
            return;
        }
        Negotiation.settleAnswer(request.request());
        if (door.orElseThrow().takesBody()) {
            read(request, door.orElseThrow());
        } else {
            request.next();
        }
    }

    private Optional<Refusal> approach(RoutingContext routing, Optional<Door> found) {
        HttpServerRequest request = routing.request();
        Caller caller;
        try {
            caller = caller(routing, found);
        } catch (ObservedAddress.Unparsable unparsable) {
            return Optional.of(Refusal.of(400, "address.forwarded", unparsable.getMessage()));
        }
        caller.attach(routing);
        return limit(routing, caller, found.map(Door::limits).orElse(elsewhere))
                .or(() ->
                        found.isEmpty()
                                ? Optional.of(Refusal.of(404, "path", "There is nothing here."))
                                : Optional.empty())
                .or(() -> refuseFraming(routing))
                .or(() -> refuseMethod(request, found.orElseThrow()))
                .or(() -> Negotiation.refuseAnswer(request))
                .or(() -> refuseType(request, found.orElseThrow()))
                .or(() -> refuseRole(caller, found.orElseThrow()))
                .or(() -> refuseUnwantedBody(request, found.orElseThrow()));
    }

    private static Optional<Refusal> limit(
            RoutingContext routing, Caller caller, List<Door.Limit> limits) {
        for (Door.Limit limit : limits) {
            Object key = limit.key().apply(caller);
            Optional<Duration> wait = limit.rate().take(key);
            if (wait.isPresent()) {
                return wait.map(
                        w -> Refusal.retry(429, "rate.limited", "Too many requests from here.", w));
            }
        }
        chargeIfNotFound(routing, caller, limits);
        return Optional.empty();
    }

    private static void chargeIfNotFound(
            RoutingContext routing, Caller caller, List<Door.Limit> limits) {
        routing.addHeadersEndHandler(ignored -> {
            HttpServerResponse response = routing.response();
            if (response.getStatusCode() == 404
                    && !response.headers().contains(HttpHeaders.RETRY_AFTER)) {
                limits.forEach(
                        limit -> limit.rate().charge(limit.key().apply(caller), NOT_FOUND_EXTRA));
            }
        });
    }

    /** Where the body ends must be beyond doubt: others may read the same octets another way. */
    private static Optional<Refusal> refuseFraming(RoutingContext routing) {
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

    private static Optional<Refusal> refuseMethod(HttpServerRequest request, Door door) {
        if (door.answers(request.method().name())) {
            return Optional.empty();
        }
        request.response().putHeader(HttpHeaders.ALLOW, door.method());
        return Optional.of(
                Refusal.of(405, "method", "This path answers " + door.method() + " only."));
    }

    private static Optional<Refusal> refuseType(HttpServerRequest request, Door door) {
        return door.takesBody() ? Negotiation.refuseBody(request) : Optional.empty();
    }

    private static Optional<Refusal> refuseRole(Caller caller, Door door) {
        if (door.roles().isEmpty()) {
            return Optional.empty();
        }
        if (caller.peer().filter(peer -> door.roles().contains(peer.role())).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                caller.certified()
                        ? Refusal.of(403, "caller.role", "Your certificate's role may not do this.")
                        : Refusal.of(
                                401, "caller.unauthenticated", "A client certificate is needed."));
    }

    private static Optional<Refusal> refuseUnwantedBody(HttpServerRequest request, Door door) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean unwanted =
                !door.takesBody()
                        && (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                                || (length != null && !length.equals("0")));
        return unwanted
                ? Optional.of(Refusal.of(413, "body.too-large", "This path takes no body."))
                : Optional.empty();
    }

    private void read(RoutingContext routing, Door door) {
        new BodyReader(
                        routing.vertx(),
                        routing.request(),
                        door.mostOctets(),
                        body -> check(routing, door, body),
                        refusal -> refuse(routing, refusal))
                .read(bodyTimeout);
    }

    private void check(RoutingContext routing, Door door, Buffer body) {
        Optional<Refusal> refusal =
                Negotiation.refuseCharset(routing.request())
                        .or(() -> StrictJson.refuse(body.getBytes()));
        if (refusal.isPresent()) {
            refuse(routing, refusal.get());
        } else if (routing.request().version() == HttpVersion.HTTP_2) {
            new ReadRequest.Entry(door, Caller.of(routing), body).again(routing);
        } else {
            enter(routing, body);
        }
    }

    private static void enter(RoutingContext routing, Buffer body) {
        // The resource finds the body here instead of reading the connection.
        ((RoutingContextInternal) routing).setBody(body);
        routing.next();
    }

    private void refuse(RoutingContext routing, Refusal refusal) {
        refused.accept(refusal);
        ProblemAnswer.write(routing, refusal);
    }

    private Caller caller(RoutingContext routing, Optional<Door> door) {
        HttpServerRequest request = routing.request();
        IpAddress address =
                observed.of(
                        tcpPeer(request.remoteAddress()),
                        request.headers().getAll(observed.field()));
        Optional<X509Certificate> shown =
                door.map(Door::roles).orElse(Set.of()).isEmpty()
                        ? Optional.empty()
                        : certificate(request.sslSession());
        return new Caller(
                address,
                shown.isPresent(),
                shown.flatMap(certificate -> PeerIdentity.of(certificate, trustDomain)));
    }

    private static IpAddress tcpPeer(SocketAddress remote) {
        try {
            return IpAddress.of(InetAddress.ofLiteral(remote.hostAddress().split("%", 2)[0]));
        } catch (IllegalArgumentException scoped) {
            throw new ObservedAddress.Unparsable();
        }
    }

    private static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            return session == null
                    ? Optional.empty()
                    : Optional.of((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private static String path(RoutingContext request) {
        String path = request.request().path();
        return path == null ? "" : path;
    }

    private static void finish(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith("application/json")) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
    }
}
