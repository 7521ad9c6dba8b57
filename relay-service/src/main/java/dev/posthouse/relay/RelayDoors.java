package dev.posthouse.relay;

import dev.posthouse.common.door.AnswersDate;
import dev.posthouse.common.door.Caller;
import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Door.Body;
import dev.posthouse.common.door.Doors;
import dev.posthouse.common.door.FailedRequests;
import dev.posthouse.common.door.ObservedAddress;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.RoleGate;
import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.setting.BadSetting;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
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

    private static final int SMALL = 16 * 1024;

    /** Before everything else that looks at a request. */
    private static final int FIRST = 1_000;

    private final Consumer<Refusal> count;
    private volatile Optional<Doors> doors = Optional.empty();

    RelayDoors(MeterRegistry metrics) {
        this.count =
                refusal ->
                        metrics.counter("posthouse.refusals", "code", refusal.code()).increment();
    }

    void fail(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(new FailedRequests(count));
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

    private static List<Door> all(RelayConfig settings, RoleGate operators) {
        return Stream.of(pohttp(settings), poweb(settings), admin(operators))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Door> pohttp(RelayConfig settings) {
        Door.Limit parcels = perAddress(settings.limits().parcelsPerAddress());
        return List.of(
                post(Pattern.quote(settings.pohttp().path()), PARCEL, List.of(parcels))
                        .leadingTo("/pohttp/parcels"));
    }

    private static List<Door> poweb(RelayConfig settings) {
        Door.Limit registrations = perAddress(settings.limits().registrationsPerAddress());
        return List.of(
                post("/v1/pre-registrations?", SMALL, List.of(registrations))
                        .leadingTo("/poweb/pre-registrations"),
                post("/v1/nodes", SMALL, List.of()).leadingTo("/poweb/nodes"),
                post("/v1/parcels", PARCEL, List.of()).leadingTo("/poweb/parcels"),
                Door.get("(?:/v1)?/connection-params\\.der", Set.of(), List.of())
                        .leadingTo("/poweb/connection-params"));
    }

    private static List<Door> admin(RoleGate operators) {
        return List.of(
                Door.post(
                                "/admin/parcels",
                                Body.octets(PARCEL),
                                Set.of(operators.role()),
                                List.of())
                        .behind(operators));
    }

    private static Door post(String path, int most, List<Door.Limit> limits) {
        return Door.post(path, Body.octets(most), Set.of(), limits);
    }

    private static Door.Limit perAddress(long perMinute) {
        return new Door.Limit(Caller::address, new RateLimit(perMinute, Duration.ofMinutes(1)));
    }

    static ObservedAddress observed(RelayConfig settings) {
        List<Cidr> trusted =
                BadSetting.read(
                        "relay.trusted-proxies",
                        () ->
                                settings.trustedProxies().orElse(List.of()).stream()
                                        .map(Cidr::parse)
                                        .toList());
        return new ObservedAddress(trusted, settings.forwardedHeader());
    }
}
