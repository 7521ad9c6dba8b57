package dev.posthouse.relay.delivery;

import dev.posthouse.common.call.CallLimits;
import dev.posthouse.common.call.CallTls;
import dev.posthouse.common.call.RedirectingClient;
import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.common.call.TrustAnchors;
import dev.posthouse.common.guard.Resolver;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.RelayConfig;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Wiring of what calls other nodes. */
final class DeliveryBeans {

    @Produces
    @Singleton
    @Startup
    Targets targets(RelayConfig settings) {
        return new Targets(settings, Resolver.system());
    }

    @Produces
    @Singleton
    @Startup
    StrangerClient client(Vertx vertx, RelayConfig settings) {
        CallTls tls =
                BadSetting.read(
                        "relay.trust-anchors",
                        () ->
                                CallTls.trusting(
                                        TrustAnchors.of(
                                                settings.trustAnchors().orElse(List.of()))));
        CallLimits limits =
                BadSetting.read(
                        "relay.delivery.attempt-timeout",
                        () -> CallLimits.pohttp(settings.delivery().attemptTimeout()));
        return new StrangerClient(vertx, tls, limits);
    }

    void close(@Disposes StrangerClient client) {
        client.close();
    }

    @Produces
    @Singleton
    RedirectingClient redirecting(StrangerClient client, Targets targets) {
        return new RedirectingClient(client, targets.strangers());
    }
}
