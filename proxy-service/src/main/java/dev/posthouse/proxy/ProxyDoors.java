package dev.posthouse.proxy;

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

/** What stands before the resource of this service (certificates, sections 3, 6 and 11). */
final class ProxyDoors {

    private static final int CSR = 64 * 1024;
    private static final int NETWORK_IPV4 = 24;
    private static final int NETWORK_IPV6 = 64;

    /** Before everything else that looks at a request. */
    private static final int FIRST = 1_000;

    private final Consumer<Refusal> count;

    ProxyDoors(MeterRegistry metrics) {
        this.count = new Refusals(metrics)::count;
    }

    void fail(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(new FailedRequests(count));
    }

    void open(@Observes Filters filters, ProxyConfig settings) {
        Bounds.check(settings);
        Door.Limit perAddress =
                new Door.Limit(Caller::address, perMinute(settings.limits().requestsPerAddress()));
        Door.Limit perNetwork =
                new Door.Limit(
                        caller -> caller.address().network(NETWORK_IPV4, NETWORK_IPV6),
                        perMinute(settings.limits().requestsPerNetwork()));
        List<Door.Limit> everybody = List.of(perAddress, perNetwork);
        filters.register(
                new Doors(
                        List.of(Door.post("/csr", CSR, Set.of(), everybody)),
                        everybody,
                        new Doors.Callers(observed(settings), settings.trustDomain()),
                        settings.bodyTimeout(),
                        count),
                FIRST);
    }

    private static RateLimit perMinute(long most) {
        return new RateLimit(most, Duration.ofMinutes(1));
    }

    static ObservedAddress observed(ProxyConfig settings) {
        return ObservedAddress.read(
                "proxy.trusted-proxies", settings.trustedProxies(), settings.forwardedHeader());
    }
}
