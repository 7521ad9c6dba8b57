package dev.posthouse.ca;

import dev.posthouse.common.door.Caller;
import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Doors;
import dev.posthouse.common.door.FailedRequests;
import dev.posthouse.common.door.ObservedAddress;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Refusals;
import dev.posthouse.common.mtls.PeerIdentity;
import dev.posthouse.common.setting.BadSetting;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The doors of the CA and what each checks before anything is read (certificates, section 3). */
final class CaDoors {

    private static final int CSR = 64 * 1024;
    private static final Set<String> PROXY = Set.of("proxy");

    /** Before everything else that looks at a request. */
    private static final int FIRST = 1_000;

    private final Consumer<Refusal> count;

    CaDoors(MeterRegistry metrics) {
        this.count = new Refusals(metrics)::count;
    }

    void fail(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(new FailedRequests(count));
    }

    void open(@Observes Filters filters, CaConfig settings) {
        long most = settings.limits().requestsPerProxy();
        BadSetting.unlessAtLeast("ca.limits.requests-per-proxy", 0L, most);
        BadSetting.unlessPositive("ca.body-timeout", settings.bodyTimeout());
        RateLimit rate = new RateLimit(most, Duration.ofSeconds(1));
        List<Door.Limit> perProxy = List.of(new Door.Limit(CaDoors::identity, rate));
        List<Door> doors =
                List.of(
                        Door.post("/csr", CSR, PROXY, perProxy),
                        Door.get("/state", PROXY, perProxy));
        filters.register(
                new Doors(
                        doors,
                        perProxy,
                        new Doors.Callers(observed(settings), settings.trustDomain()),
                        settings.bodyTimeout(),
                        count),
                FIRST);
    }

    /** All instances of a proxy share one identity; a caller that names none is its address. */
    private static Object identity(Caller caller) {
        return caller.peer().<Object>map(PeerIdentity::uri).orElse(caller.address());
    }

    static ObservedAddress observed(CaConfig settings) {
        return ObservedAddress.read(
                "ca.trusted-proxies", settings.trustedProxies(), settings.forwardedHeader());
    }
}
