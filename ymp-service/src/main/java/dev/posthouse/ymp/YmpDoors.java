package dev.posthouse.ymp;

import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Doors;
import dev.posthouse.common.door.FailedRequests;
import dev.posthouse.common.door.ObservedAddress;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.setting.BadSetting;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What stands before the resources of this service (YMP, sections 3, 7 and 9). */
final class YmpDoors {

    private static final int SMALL = 16 * 1024;
    private static final int PACKET = 1024 * 1024;

    /** Before everything else that looks at a request. */
    private static final int FIRST = 1_000;

    private final Consumer<Refusal> count;

    YmpDoors(MeterRegistry metrics) {
        this.count =
                refusal ->
                        metrics.counter("posthouse.refusals", "code", refusal.code()).increment();
    }

    void fail(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(new FailedRequests(count));
    }

    void open(@Observes Filters filters, YmpConfig settings) {
        List<Door> doors =
                List.of(
                        Door.get("/\\.well-known/ymp", Set.of(), List.of()),
                        Door.get("/\\.ymp", Set.of(), List.of()),
                        Door.post("/request", SMALL, Set.of(), List.of()),
                        Door.post("/grant", SMALL, Set.of(), List.of()),
                        Door.post("/packet", PACKET, Set.of(), List.of()));
        filters.register(
                new Doors(
                        doors,
                        List.of(),
                        new Doors.Callers(observed(settings), settings.trustDomain()),
                        settings.bodyTimeout(),
                        count),
                FIRST);
    }

    static ObservedAddress observed(YmpConfig settings) {
        List<Cidr> trusted =
                BadSetting.read(
                        "ymp.trusted-proxies",
                        () ->
                                settings.trustedProxies().orElse(List.of()).stream()
                                        .map(Cidr::parse)
                                        .toList());
        return new ObservedAddress(trusted, settings.forwardedHeader());
    }
}
