package dev.posthouse.repository;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.accessurl.AccessKeys;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.door.Caller;
import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Doors;
import dev.posthouse.common.door.ObservedAddress;
import dev.posthouse.common.door.PeerRoles;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.door.StrictJson;
import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Wiring of plain classes. */
final class RepositoryBeans {

    private static final int COLLECTION = 64 * 1024;
    private static final int CERTIFICATE = 256 * 1024;

    /** Before everything else that looks at a request. */
    private static final int FIRST = 1_000;

    void doors(@Observes Filters filters, RepositoryConfig settings, MeterRegistry metrics) {
        RateLimit perAddress =
                new RateLimit(settings.limits().requestsPerAddress(), Duration.ofMinutes(1));
        List<Door.Limit> everybody = List.of(new Door.Limit(Caller::address, perAddress));
        List<Door> doors =
                List.of(
                        Door.post("/cert", CERTIFICATE, Set.of("ca"), List.of()),
                        Door.post("/cert/refusal", COLLECTION, Set.of("ca"), List.of()),
                        Door.get("/state", Set.of("proxy", "ca"), List.of()),
                        Door.post("/[^/.]+\\.[^/.]+\\.[^/.]+", COLLECTION, Set.of(), everybody));
        ObservedAddress observed =
                new ObservedAddress(
                        settings.trustedProxies().orElse(List.of()).stream()
                                .map(Cidr::parse)
                                .toList(),
                        settings.forwardedHeader());
        filters.register(
                new Doors(
                        doors,
                        everybody,
                        new Doors.Callers(observed, settings.trustDomain()),
                        settings.bodyTimeout(),
                        refusal ->
                                metrics.counter("posthouse.refusals", "code", refusal.code())
                                        .increment()),
                FIRST);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    PeerRoles peerRoles(RepositoryConfig settings) {
        return new PeerRoles(settings.trustDomain());
    }

    @Produces
    @Singleton
    ObjectMapperCustomizer strictJson() {
        return StrictJson::configure;
    }

    @Produces
    @Singleton
    AccessKeys accessKeys(RepositoryConfig settings, Clock clock) {
        return new AccessKeys(settings.accessKeys(), clock);
    }

    @Produces
    @Singleton
    AccessUrlVerifier accessUrlVerifier(RepositoryConfig settings, AccessKeys keys, Clock clock) {
        return new AccessUrlVerifier(settings.publicUrl().toString(), keys, clock);
    }

    @Produces
    @Singleton
    Outbox outbox(DataSource dataSource, ObjectMapper json) {
        return new Outbox(dataSource, json, () -> null);
    }
}
