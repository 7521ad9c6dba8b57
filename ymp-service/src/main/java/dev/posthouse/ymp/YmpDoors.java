package dev.posthouse.ymp;

import dev.posthouse.common.door.AnswersDate;
import dev.posthouse.common.door.Caller;
import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Door.Body;
import dev.posthouse.common.door.Doors;
import dev.posthouse.common.door.FailedRequests;
import dev.posthouse.common.door.Gate;
import dev.posthouse.common.door.ObservedAddress;
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

/** What stands before the resources of this service (YMP, sections 3, 7 and 9). */
@Singleton
final class YmpDoors {

    private static final int SMALL = 16 * 1024;
    private static final int LARGE = 1024 * 1024;

    /** A payload may be 32 deep; what stands around it comes on top. */
    private static final int MESSAGE_DEPTH = 32 + 2;

    private static final int DEPTH = 16;

    private static final String A_PEER = "/admin/peers/[^/]+/";

    /** Before everything else that looks at a request. */
    private static final int FIRST = 1_000;

    /** Of packets, whether they came as far as their resource or not (YMP, section 9). */
    private static final String PACKETS = "posthouse.ymp.packets.in";

    private final OurAnchors ours;
    private final Consumer<Refusal> count;
    private final Consumer<Refusal> countPacket;
    private volatile Optional<Doors> doors = Optional.empty();

    YmpDoors(OurAnchors ours, MeterRegistry metrics) {
        this.ours = ours;
        this.count = new Refusals(metrics)::count;
        this.countPacket = refusal -> metrics.counter(PACKETS, "code", refusal.code()).increment();
    }

    void fail(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(new FailedRequests(count));
    }

    void checkKey(@Observes StartupEvent starting, JWTAuthContextInfo keys) {
        RoleGate.checkKey(keys);
    }

    void checkTls(
            @Observes StartupEvent starting,
            YmpConfig settings,
            @ConfigProperty(name = "quarkus.http.insecure-requests") String plainHttp) {
        CertifiedHosts.check(settings, plainHttp);
    }

    void date(@Observes Filters filters, Clock clock) {
        filters.register(new AnswersDate(clock), FIRST + 1);
    }

    void open(
            @Observes Filters filters,
            YmpConfig settings,
            OurHost us,
            Gate packets,
            JWTParser tokens) {
        Bounds.check(settings);
        List<Door> all =
                Stream.of(
                                protocol(settings, us, packets),
                                local(new RoleGate("ymp-application", tokens)),
                                admin(new RoleGate("operator", tokens)))
                        .flatMap(List::stream)
                        .toList();
        Doors opened =
                new Doors(
                        all,
                        List.of(),
                        new Doors.Callers(
                                observed(settings), settings.trustDomain(), ours::vouchFor),
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

    private List<Door> protocol(YmpConfig settings, OurHost us, Gate packets) {
        YmpConfig.Paths paths = settings.paths();
        Door.Limit grants =
                new Door.Limit(
                        Caller::address,
                        new RateLimit(settings.limits().grantsPerAddress(), Duration.ofMinutes(1)));
        return Stream.of(
                        Door.getOctets("/\\.well-known/ymp", Set.of(), List.of()),
                        Door.getOctets("/\\.ymp", Set.of(), List.of()),
                        door(paths.request(), Body.octets(SMALL), List.of())
                                .leadingTo("/ymp/request"),
                        door(paths.grant(), Body.jsonAlone(SMALL, DEPTH), List.of(grants))
                                .leadingTo("/ymp/grant"),
                        door(paths.packet(), Body.jsonUnread(LARGE), List.of())
                                .leadingTo("/ymp/packet")
                                .behind(packets)
                                .counting(countPacket))
                .map(door -> door.named(Authorities.of(settings, us)))
                .map(door -> settings.mutualTls() ? CertifiedHosts.before(door) : door)
                .toList();
    }

    private static Door door(String path, Body body, List<Door.Limit> limits) {
        return Door.post(Pattern.quote(path), body, Set.of(), limits);
    }

    private static List<Door> local(RoleGate applications) {
        return Stream.of(
                        post("/messages", Body.json(LARGE, MESSAGE_DEPTH), applications),
                        get("/inbox", applications),
                        post("/inbox/acks", Body.json(LARGE, DEPTH), applications))
                .toList();
    }

    private static List<Door> admin(RoleGate operators) {
        return List.of(
                get("/admin/peers", operators),
                post(A_PEER + "(?:block|unblock|revoke|drop-token)", Body.none(), operators),
                get("/admin/dead-letters", operators),
                post("/admin/dead-letters/redrive", Body.json(LARGE, DEPTH), operators));
    }

    private static Door get(String path, RoleGate gate) {
        return Door.get(path, Set.of(gate.role()), List.of()).behind(gate);
    }

    private static Door post(String path, Body body, RoleGate gate) {
        return Door.post(path, body, Set.of(gate.role()), List.of()).behind(gate);
    }

    static ObservedAddress observed(YmpConfig settings) {
        return ObservedAddress.read(
                "ymp.trusted-proxies", settings.trustedProxies(), settings.forwardedHeader());
    }
}
