package dev.posthouse.repository;

import dev.posthouse.common.door.Caller;
import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Doors;
import dev.posthouse.common.door.FailedRequests;
import dev.posthouse.common.door.ObservedAddress;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What stands before the resources of this service (certificates, sections 1, 3 and 11). */
final class RepositoryDoors {

    private static final int COLLECTION = 64 * 1024;
    private static final int CERTIFICATE = 256 * 1024;

    /** A JWS in compact form; whatever else is asked for is no AccessURL. */
    private static final String TOKEN = "/[\\w-]+\\.[\\w-]+\\.[\\w-]+";

    /** Before everything else that looks at a request. */
    private static final int FIRST = 1_000;

    private final Consumer<Refusal> count;

    RepositoryDoors(MeterRegistry metrics) {
        this.count = new Refusals(metrics)::count;
    }

    void fail(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(new FailedRequests(count));
    }

    void open(@Observes Filters filters, RepositoryConfig settings) {
        Bounds.check(settings);
        RateLimit perAddress =
                new RateLimit(settings.limits().requestsPerAddress(), Duration.ofMinutes(1));
        List<Door.Limit> everybody = List.of(new Door.Limit(Caller::address, perAddress));
        List<Door> doors =
                List.of(
                        Door.post("/cert", CERTIFICATE, Set.of("ca"), List.of()),
                        Door.post("/cert/refusal", COLLECTION, Set.of("ca"), List.of()),
                        Door.get("/state", Set.of("proxy", "ca"), List.of()),
                        Door.post(TOKEN, COLLECTION, Set.of(), everybody));
        filters.register(
                new Doors(
                        doors,
                        everybody,
                        new Doors.Callers(observed(settings), settings.trustDomain()),
                        settings.bodyTimeout(),
                        count),
                FIRST);
    }

    static ObservedAddress observed(RepositoryConfig settings) {
        return ObservedAddress.read(
                "repository.trusted-proxies",
                settings.trustedProxies(),
                settings.forwardedHeader());
    }
}
