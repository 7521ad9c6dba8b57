package dev.posthouse.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.door.Listening;
import dev.posthouse.common.door.PeerRoles;
import dev.posthouse.common.door.StrictJson;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.common.outbox.OutboxSender;
import dev.posthouse.common.seal.Seal;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Wiring of plain classes. */
final class RelayBeans {

    private static final Logger LOG = Logger.getLogger(RelayBeans.class);

    /** By which every parcel and certificate is judged (PoHTTP, section 7). */
    @Produces
    @Singleton
    @Startup
    Clock clock(@ConfigProperty(name = "posthouse.clock") Optional<Instant> standing) {
        Clock system = Clock.systemUTC();
        standing.ifPresent(then -> LOG.warnf("posthouse.clock: the time is %s", then));
        return standing.map(then -> Clock.offset(system, Duration.between(system.instant(), then)))
                .orElse(system);
    }

    @Produces
    @Singleton
    @Startup
    Seal seal(RelayConfig settings) {
        return BadSetting.read("relay.secrets-key", () -> Seal.ofKeyFile(settings.secretsKey()));
    }

    @Produces
    @Singleton
    @Startup
    BuildInfo buildInfo(Build build, MeterRegistry metrics) {
        return new BuildInfo("relay-service", build, metrics);
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
    PeerRoles peerRoles(RelayConfig settings) {
        return new PeerRoles(settings.trustDomain());
    }

    @Produces
    @Singleton
    ObjectMapperCustomizer strictJson() {
        return StrictJson::configure;
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
