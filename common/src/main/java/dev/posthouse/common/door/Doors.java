package dev.posthouse.common.door;

import dev.posthouse.common.mtls.PeerIdentity;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What stands before every resource (certificates, section 3). The order of refusals is the
 * sheet's:
 *
 * <ol>
 *   <li>observed address (400; 503 where messages are taken, whose sender would give up what our
 *       own proxy spoilt) and rate limits (429);
 *   <li>path (404), framing (400), authority (421), method (405), {@code Accept} (406), media type
 *       (415);
 *   <li>role (401, 403), or what the door's gate says;
 *   <li>size (413), time (408) and syntax (400) of the body.
 * </ol>
 *
 * <p>A door that answers nothing does not look at {@code Accept}, and looks at the media type, if
 * at all, once it has the body.
 *
 * <p>Every answer, whoever gives it, leaves with the request id, a bare {@code application/json}
 * and, unless its resource says otherwise, {@code Cache-Control: no-store}.
 */
public final class Doors implements Handler<RoutingContext> {

    /** What a 404 without {@code Retry-After} costs beyond the call itself. */
    private static final int NOT_FOUND_EXTRA = 2;

    /** Octets that are judged at once; more would hold up the event loop. */
    private static final int QUICKLY_JUDGED = 64 * 1024;

    /** When a service that is shutting down, or cannot serve, may be there again. */
    private static final Duration REOPENING = Duration.ofSeconds(5);

    private final List<Door> doors;
    private final List<Door.Limit> elsewhere;
    private final Callers callers;
    private final Duration bodyTimeout;
    private final Consumer<Refusal> refused;
    private volatile boolean closed;

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
        this.callers = callers;
        this.bodyTimeout = bodyTimeout;
        this.refused = refused;
    }

    /**
     * How callers are told apart.
     *
     * @param observed finds their address
     * @param trustDomain of their SPIFFE ids
     * @param ours whether a certificate, the first of its chain, may give a role at all
     */
    public record Callers(
            ObservedAddress observed, String trustDomain, Predicate<List<X509Certificate>> ours) {

        /** All whom TLS has let in are ours. */
        public Callers(ObservedAddress observed, String trustDomain) {
            this(observed, trustDomain, chain -> true);
        }

        Optional<PeerIdentity> peer(List<X509Certificate> chain) {
            return PeerIdentity.of(chain.getFirst(), trustDomain).filter(named -> ours.test(chain));
        }
    }

    @Override
    public void handle(RoutingContext request) {
        request.addHeadersEndHandler(ignored -> finish(request.response()));
        ReadRequest.Entry.of(request)
                .ifPresentOrElse(read -> enterAgain(request, read), () -> knock(request));
    }

    /** From now on nobody new comes in: 503. Whoever is in, stays. */
    public void close() {
        closed = true;
    }

    private static void enterAgain(RoutingContext request, ReadRequest.Entry read) {
        read.data().forEach(request.data()::putIfAbsent);
        OctetsInFlight.Share.keepDuring(request);
        chargeIfNotFound(request, Caller.of(request), read.door().limits());
        enter(request, read.body());
    }

    private void knock(RoutingContext request) {
        RequestId.assign(request);
        Entrance entrance = Entrance.at(path(request), doors);
        Optional<Door> door = entrance.door(request.request());
        door.ifPresent(found -> Worded.settle(request, found));
        Optional<Refusal> early = refuseIfClosed().or(() -> approach(request, door));
        if (early.isEmpty() && entrance.isAsked(request.request())) {
            entrance.tell(request.response());
            return;
        }
        Optional<Refusal> refusal = early.or(() -> examine(request, door.orElseThrow(), entrance));
        if (refusal.isPresent()) {
            door.ifPresent(known -> known.refused().accept(refusal.get()));
            refuse(request, refusal.get());
            return;
        }
        Negotiation.settle(request.request(), door.orElseThrow().body());
        door.get()
                .gate()
                .ifPresentOrElse(
                        gate -> ask(request, door.get(), gate), () -> pass(request, door.get()));
    }

    private Optional<Refusal> refuseIfClosed() {
        return closed
                ? Optional.of(
                        Refusal.retry(503, "closing", "The service is shutting down.", REOPENING))
                : Optional.empty();
    }

    private Optional<Refusal> approach(RoutingContext routing, Optional<Door> found) {
        Caller caller;
        try {
            boolean byCertificate = found.filter(door -> !door.roles().isEmpty()).isPresent();
            caller = Caller.find(routing.request(), callers, byCertificate);
        } catch (ObservedAddress.Unparsable unparsable) {
            return Optional.of(refuseFor(unparsable, found));
        }
        caller.attach(routing);
        Optional<Refusal> limited =
                limit(routing, caller, found.map(Door::limits).orElse(elsewhere));
        if (limited.isPresent() || found.isEmpty()) {
            return limited.or(() -> Optional.of(Refusal.of(404, "path", "There is nothing here.")));
        }
        return EntryRules.refuseFraming(routing);
    }

    private static Refusal refuseFor(ObservedAddress.Unparsable unparsable, Optional<Door> found) {
        String code = "address.forwarded";
        return found.filter(door -> door.manner() == Door.Manner.MESSAGE)
                .map(door -> Refusal.retry(503, code, unparsable.getMessage(), REOPENING))
                .orElseGet(() -> Refusal.of(400, code, unparsable.getMessage()));
    }

    private static Optional<Refusal> examine(RoutingContext routing, Door door, Entrance entrance) {
        HttpServerRequest request = routing.request();
        return EntryRules.refuseAuthority(request, door)
                .or(() -> EntryRules.refuseMethod(request, door, entrance))
                .or(() -> EntryRules.refuseNegotiation(request, door.body()))
                .or(() -> EntryRules.refuseRole(Caller.of(routing), door))
                .or(() -> EntryRules.refuseUnwantedBody(request, door.body()));
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

    private void ask(RoutingContext routing, Door door, Gate gate) {
        // Nothing more is read meanwhile, and nothing that has come is lost.
        routing.request().pause();
        Aside.judge(
                routing,
                () -> gate.refuse(routing),
                refusal ->
                        refusal.ifPresentOrElse(
                                no -> refuse(routing, door, no), () -> pass(routing, door)));
    }

    private void pass(RoutingContext routing, Door door) {
        if (!door.readsToTheEnd()) {
            routing.next();
            return;
        }
        new BodyReader(
                        routing,
                        door.body(),
                        body -> check(routing, door, body),
                        refusal -> refuse(routing, door, refusal))
                .read(bodyTimeout);
    }

    private void check(RoutingContext routing, Door door, byte[] body) {
        Supplier<Optional<Refusal>> judge =
                () -> EntryRules.refuseContent(routing.request(), door.body(), body);
        Consumer<Optional<Refusal>> next =
                refusal ->
                        refusal.ifPresentOrElse(
                                no -> refuse(routing, door, no), () -> admit(routing, door, body));
        if (door.body().isRead() && body.length > QUICKLY_JUDGED) {
            Aside.judge(routing, judge, next);
        } else {
            next.accept(Aside.verdict(judge));
        }
    }

    private static void admit(RoutingContext routing, Door door, byte[] body) {
        Negotiation.settleBody(routing.request(), door.body());
        if (routing.request().version() == HttpVersion.HTTP_2 || door.inside().isPresent()) {
            new ReadRequest.Entry(door, routing.data(), body).again(routing);
        } else {
            enter(routing, body);
        }
    }

    private static void enter(RoutingContext routing, byte[] body) {
        ReadBody.put(routing, body);
        routing.next();
    }

    private void refuse(RoutingContext routing, Door door, Refusal refusal) {
        door.refused().accept(refusal);
        refuse(routing, refusal);
    }

    private void refuse(RoutingContext routing, Refusal refusal) {
        refused.accept(refusal);
        RefusalAnswer.write(routing, refusal);
    }

    private static String path(RoutingContext request) {
        String path = request.request().path();
        return path == null ? "" : path;
    }

    private static void finish(HttpServerResponse response) {
        if (!response.headers().contains(HttpHeaders.CACHE_CONTROL)) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith("application/json")) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
    }
}
