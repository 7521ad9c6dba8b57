package dev.posthouse.relay;

import dev.posthouse.common.door.AnswersDate;
import dev.posthouse.common.door.Caller;
import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Door.Body;
import dev.posthouse.common.door.Doors;
import dev.posthouse.common.door.FailedRequests;
import dev.posthouse.common.door.ObservedAddress;
import dev.posthouse.common.door.OctetsInFlight;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Refusals;
import dev.posthouse.common.door.RoleGate;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What stands before the resources of this service (PoHTTP, sections 8 and 11). */
@Singleton
final class RelayDoors {

    /** The longest parcel (section 13). */
    static final int PARCEL = 8_322_037;

    /** Of parcels: today's, and the one of the first years (section 2). */
    private static final Set<String> PARCELS =
            Set.of("application/vnd.awala.parcel", "application/vnd.relaynet.parcel");

    private static final int SMALL = 16 * 1024;

    /** What strangers who register may have us hold. */
    private static final long REGISTRATIONS = 8L * 1024 * 1024;

    private static final int V4 = 32;
    private static final int V6 = 64;

    /** Before everything else that looks at a request. */
    private static final int FIRST = 1_000;

    private final OctetsInFlight ofStrangers;
    private final OctetsInFlight ofGateways;
    private final OctetsInFlight ofOperators;
    private final Consumer<Refusal> count;
    private volatile Optional<Doors> doors = Optional.empty();

    RelayDoors(RelayConfig settings, MeterRegistry metrics) {
        RoomParts parts = RoomParts.of(settings.limits().octetsInFlight());
        this.ofStrangers = shared(parts.strangers());
        this.ofGateways = shared(parts.gateways());
        this.ofOperators = new OctetsInFlight(parts.operators());
        metrics.gauge("posthouse.relay.octets.in.flight", this, RelayDoors::inFlight);
        this.count = new Refusals(metrics)::count;
    }

    void fail(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(new FailedRequests(count));
    }

    void checkKey(@Observes StartupEvent starting, JWTAuthContextInfo keys) {
        RoleGate.checkKey(keys);
    }

    void date(@Observes Filters filters, Clock clock) {
        filters.register(new AnswersDate(clock), FIRST + 1);
    }

    void open(@Observes Filters filters, RelayConfig settings, JWTParser tokens) {
        Doors opened =
                new Doors(
                        all(settings, new RoleGate("operator", tokens)),
                        List.of(),
                        new Doors.Callers(observed(settings), settings.trustDomain()),
                        settings.bodyTimeout(),
                        count);
        filters.register(opened, FIRST);
        doors = Optional.of(opened);
    }

    /** Those who come after the delay hear 503; those who are in are answered. */
    void close(
            @Observes ShutdownDelayInitiatedEvent ending,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay) {
        vertx.setTimer(
                Math.max(1, delay.orElse(Duration.ZERO).toMillis()),
                over -> doors.ifPresent(Doors::close));
    }

    private static OctetsInFlight shared(long most) {
        return new OctetsInFlight(most, RoomParts.ofAddress(most), RelayDoors::network);
    }

    private long inFlight() {
        return ofStrangers.taken() + ofGateways.taken() + ofOperators.taken();
    }

    private List<Door> all(RelayConfig settings, RoleGate operators) {
        return Stream.of(pohttp(settings), poweb(settings), admin(operators))
                .flatMap(List::stream)
                .toList();
    }

    private List<Door> pohttp(RelayConfig settings) {
        String path = Pattern.quote(settings.pohttp().path());
        Door.Limit perAddress = perAddress(settings.limits().parcelsPerAddress());
        return List.of(
                message(post(path, parcels(ofStrangers), perAddress), "/pohttp/parcels"),
                message(Door.getOctets(path, Set.of(), List.of()), "/pohttp/parcels"));
    }

    private List<Door> poweb(RelayConfig settings) {
        Door.Limit perAddress = perAddress(settings.limits().registrationsPerAddress());
        OctetsInFlight room = new OctetsInFlight(REGISTRATIONS);
        Body digest = Body.octets(SMALL).of(Set.of("text/plain")).within(room);
        Body request =
                Body.octets(SMALL)
                        .of(Set.of("application/vnd.awala.node-registration.request"))
                        .within(room);
        return List.of(
                message(
                        post("/v1/pre-registrations?", digest, perAddress),
                        "/poweb/pre-registrations"),
                message(post("/v1/nodes", request), "/poweb/nodes"),
                message(post("/v1/parcels", parcels(ofGateways)), "/poweb/parcels"),
                Door.getOctets("/v1/parcel-collection", Set.of(), List.of())
                        .with(Door.Manner.MESSAGE),
                message(
                        Door.getOctets("(?:/v1)?/connection-params\\.der", Set.of(), List.of()),
                        "/poweb/connection-params"));
    }

    private List<Door> admin(RoleGate operators) {
        Set<String> roles = Set.of(operators.role());
        return Stream.of(
                        Door.post("/admin/parcels", parcels(ofOperators), roles, List.of()),
                        Door.get("/admin/dead-letters", roles, List.of()),
                        Door.post("/admin/dead-letters/redrive", SMALL, roles, List.of()),
                        Door.get("/admin/gateways", roles, List.of()),
                        Door.post(
                                "/admin/gateways/[^/]+/(?:revoke|readmit)",
                                Body.none(),
                                roles,
                                List.of()),
                        Door.get("/admin/queues", roles, List.of()),
                        Door.get("/admin/queues/0[0-9a-f]{64}", roles, List.of()))
                .map(door -> door.behind(operators))
                .toList();
    }

    private static Body parcels(OctetsInFlight room) {
        return Body.octets(PARCEL).of(PARCELS).within(room);
    }

    private static Door post(String path, Body body, Door.Limit... limits) {
        return Door.post(path, body, Set.of(), List.of(limits));
    }

    /** As strangers and devices know it (section 8). */
    private static Door message(Door door, String resource) {
        return door.leadingTo(resource).with(Door.Manner.MESSAGE);
    }

    private static Door.Limit perAddress(long perMinute) {
        return new Door.Limit(RelayDoors::network, new RateLimit(perMinute, Duration.ofMinutes(1)));
    }

    /** Whoever has one IPv6 address has a whole network of them. */
    private static Object network(Caller caller) {
        return caller.address().network(V4, V6);
    }

    static ObservedAddress observed(RelayConfig settings) {
        return ObservedAddress.read(
                "relay.trusted-proxies", settings.trustedProxies(), settings.forwardedHeader());
    }
}
