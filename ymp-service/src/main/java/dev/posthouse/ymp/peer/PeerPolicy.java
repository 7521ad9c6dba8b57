package dev.posthouse.ymp.peer;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.ymp.OurHost;
import dev.posthouse.ymp.YmpConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;

/** With whom we have to do at all (YMP, sections 5 and 9). */
@Singleton
@Startup
public final class PeerPolicy {

    private final OurHost ours;
    private final Set<HostName> allowed;
    private final Peers peers;

    PeerPolicy(OurHost ours, YmpConfig settings, Peers peers) {
        this.ours = ours;
        this.allowed = BadSetting.read("ymp.allowed-hosts", () -> allowed(settings));
        this.peers = peers;
    }

    private static Set<HostName> allowed(YmpConfig settings) {
        return settings.allowedHosts().orElse(Set.of()).stream()
                .map(HostName::parse)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it is not ourselves, on the list if there is one, and not blocked. */
    public boolean admits(HostName host) {
        return lists(host)
                && !QuarkusTransaction.joiningExisting().call(() -> peers.isBlocked(host));
    }

    /** Whether it is not ourselves, and on the list if there is one; it may be blocked. */
    public boolean lists(HostName host) {
        return !host.equals(ours.name()) && (allowed.isEmpty() || allowed.contains(host));
    }
}
