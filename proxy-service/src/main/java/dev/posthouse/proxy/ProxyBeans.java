package dev.posthouse.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.door.Listening;
import dev.posthouse.common.door.PeerRoles;
import dev.posthouse.common.door.StrictJson;
import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.common.outbox.OutboxSender;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.setting.Build;
import dev.posthouse.common.setting.BuildInfo;
import dev.posthouse.common.trace.Traces;
import dev.posthouse.common.x509.CsrPolicy;
import dev.posthouse.common.x509.CsrRules;
import dev.posthouse.common.x509.KeyBlocklist;
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
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.Readiness;

/** Wiring of plain classes. */
final class ProxyBeans {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    @Startup
    BuildInfo buildInfo(Build build, MeterRegistry metrics) {
        return new BuildInfo("proxy-service", build, metrics);
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
    PeerRoles peerRoles(ProxyConfig settings) {
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
    CsrRules csrRules(ProxyConfig settings) {
        ProxyConfig.CsrSettings csr = settings.csr();
        Predicate<byte[]> blocked =
                BadSetting.read(
                        "proxy.csr.blocked-keys",
                        () ->
                                csr.blockedKeys()
                                        .map(KeyBlocklist::read)
                                        .orElseGet(KeyBlocklist::none));
        return new CsrRules(
                new CsrPolicy(
                        csr.extensions() == ProxyConfig.Extensions.IGNORE,
                        csr.ed25519(),
                        new AddressRules(
                                settings.addresses().allowLoopback(),
                                settings.addresses().allowLinkLocal()),
                        blocked));
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
