package dev.posthouse.repository;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.accessurl.AccessKeys;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.door.Listening;
import dev.posthouse.common.door.PeerRoles;
import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.door.StrictJson;
import dev.posthouse.common.lead.LeadTime;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.common.outbox.OutboxSender;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.setting.Build;
import dev.posthouse.common.setting.BuildInfo;
import dev.posthouse.common.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.HttpsServerStart;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.Readiness;

/** Wiring of plain classes. */
final class RepositoryBeans {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    @Startup
    BuildInfo buildInfo(Build build, MeterRegistry metrics) {
        return new BuildInfo("repository-service", build, metrics);
    }

    @Produces
    @Singleton
    @Readiness
    Listening listening() {
        return new Listening();
    }

    void listen(@ObservesAsync HttpsServerStart started, @Readiness Listening listening) {
        listening.begin();
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
    @Startup
    AccessKeys accessKeys(RepositoryConfig settings, Clock clock) {
        return BadSetting.read(
                "repository.access-keys", () -> new AccessKeys(settings.accessKeys(), clock));
    }

    @Produces
    @Singleton
    @Startup
    AccessUrlVerifier accessUrlVerifier(RepositoryConfig settings, AccessKeys keys, Clock clock) {
        URI publicUrl = BadSetting.https("repository.public-url", settings.publicUrl());
        return new AccessUrlVerifier(publicUrl.toString(), keys, clock);
    }

    @Produces
    @Singleton
    RateLimit collectionsPerAccessUrl(RepositoryConfig settings) {
        return new RateLimit(settings.limits().collectionsPerAccessUrl(), Duration.ofMinutes(1));
    }

    /** What this service itself has seen; it promises nobody anything. */
    @Produces
    @Singleton
    LeadTime leadTime(Clock clock) {
        return new LeadTime(
                Duration.ofSeconds(1), Duration.ofSeconds(300), Duration.ofSeconds(5), clock);
    }

    @Produces
    @Singleton
    Outbox outbox(DataSource dataSource, ObjectMapper json) {
        return new Outbox(dataSource, json, Traces::current);
    }

    @Produces
    @Singleton
    @Startup
    OutboxSender outboxSender(
            DataSource dataSource,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            MeterRegistry metrics) {
        return new OutboxSender(dataSource, broker, metrics);
    }

    void close(@Disposes OutboxSender sender) {
        sender.close();
    }
}
