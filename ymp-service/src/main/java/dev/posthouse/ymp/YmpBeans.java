package dev.posthouse.ymp;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.call.CallLimits;
import dev.posthouse.common.call.CallTls;
import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.common.call.TrustAnchors;
import dev.posthouse.common.door.Listening;
import dev.posthouse.common.door.PeerRoles;
import dev.posthouse.common.door.StrictJson;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.Resolver;
import dev.posthouse.common.guard.StrangerGuard;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.common.outbox.OutboxSender;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.setting.Build;
import dev.posthouse.common.setting.BuildInfo;
import dev.posthouse.common.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.Startup;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.HttpsServerStart;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.Readiness;

/** Wiring of plain classes. */
final class YmpBeans {

    /** How long a name may take to be resolved; the rest of the call has limits of its own. */
    private static final Duration LOOKUP = Duration.ofSeconds(3);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    @Startup
    BuildInfo buildInfo(Build build, MeterRegistry metrics) {
        return new BuildInfo("ymp-service", build, metrics);
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
    PeerRoles peerRoles(YmpConfig settings) {
        return new PeerRoles(settings.trustDomain());
    }

    @Produces
    @Singleton
    ObjectMapperCustomizer strictJson() {
        return StrictJson::configure;
    }

    /** Who we are. */
    @Produces
    @Singleton
    @Startup
    OurHost ourHost(YmpConfig settings) {
        return new OurHost(BadSetting.read("ymp.host", () -> HostName.parse(settings.host())));
    }

    /** Whom we may call at all. */
    @Produces
    @Singleton
    @Startup
    Guards guards(YmpConfig settings) {
        Set<HostName> listed =
                BadSetting.read(
                        "ymp.allow-private", () -> names(settings.allowPrivate().orElse(Set.of())));
        Set<Integer> ports = settings.ports().orElse(Set.of());
        return new Guards(guard(listed, ports), guard(listed, ports));
    }

    private static StrangerGuard guard(Set<HostName> listed, Set<Integer> ports) {
        return new StrangerGuard(listed, ports::contains, Resolver.system(), LOOKUP);
    }

    @Produces
    @Singleton
    @Startup
    StrangerClient client(Vertx vertx, YmpConfig settings, TlsConfigurationRegistry identities) {
        CallTls trusting =
                BadSetting.read(
                        "ymp.trust-anchors",
                        () ->
                                CallTls.trusting(
                                        TrustAnchors.of(
                                                settings.trustAnchors().orElse(List.of()))));
        CallTls tls = settings.mutualTls() ? showing(trusting, identities, vertx) : trusting;
        return new StrangerClient(vertx, tls, CallLimits.YMP);
    }

    private static CallTls showing(
            CallTls trusting, TlsConfigurationRegistry identities, Vertx vertx) {
        if (identities.get("peer").map(TlsConfiguration::getKeyStoreOptions).isEmpty()) {
            throw new BadSetting("ymp.mutual-tls", "needs quarkus.tls.peer.key-store");
        }
        return trusting.showing(() -> identity(identities, vertx));
    }

    /** Ours, as it was last read. */
    private static KeyManagerFactory identity(TlsConfigurationRegistry identities, Vertx vertx) {
        KeyCertOptions ours = identities.get("peer").orElseThrow().getKeyStoreOptions();
        try {
            return ours.getKeyManagerFactory(vertx);
        } catch (Exception unreadable) {
            throw new IllegalStateException("Our certificate cannot be shown.", unreadable);
        }
    }

    void close(@Disposes StrangerClient client) {
        client.close();
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

    static Set<HostName> names(Set<String> texts) {
        return texts.stream().map(HostName::parse).collect(Collectors.toUnmodifiableSet());
    }
}
