package dev.posthouse.ymp.host;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.host.LookUpHost.Found;
import dev.posthouse.ymp.peer.KeptInformation;
import dev.posthouse.ymp.peer.Peers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What hosts have said of themselves, as long as it counts (YMP, section 2): of those we send to in
 * the database, of all in this instance's memory, which is bounded. So a stranger who names a
 * million hosts leaves no rows.
 */
@Singleton
final class KnownHosts {

    private static final int MOST = 10_000;

    private final Peers peers;
    private final Clock clock;
    private final Cache<HostName, Known> memory = Caffeine.newBuilder().maximumSize(MOST).build();

    private record Known(HostInformation information, Instant expires) {}

    KnownHosts(Peers peers, Clock clock) {
        this.peers = peers;
        this.clock = clock;
    }

    Optional<HostInformation> find(HostName host) {
        return remembered(host).or(() -> read(host));
    }

    /** Without a look at the database. */
    Optional<HostInformation> remembered(HostName host) {
        return Optional.ofNullable(memory.getIfPresent(host))
                .filter(known -> counts(known.expires()))
                .map(Known::information);
    }

    private Optional<HostInformation> read(HostName host) {
        return QuarkusTransaction.requiringNew()
                .call(() -> peers.information(host))
                .filter(kept -> counts(kept.expires()))
                .flatMap(kept -> remember(host, kept));
    }

    private Optional<HostInformation> remember(HostName host, KeptInformation kept) {
        try {
            HostInformation information =
                    HostInformation.parse(kept.document().getBytes(StandardCharsets.UTF_8));
            memory.put(host, new Known(information, kept.expires()));
            return Optional.of(information);
        } catch (NoInformation readDifferentlyThen) {
            return Optional.empty();
        }
    }

    private boolean counts(Instant expires) {
        return clock.instant().isBefore(expires);
    }

    void keep(HostName host, Found found) {
        Instant expires = clock.instant().plus(found.lifetime());
        memory.put(host, new Known(found.information(), expires));
        QuarkusTransaction.requiringNew()
                .run(() ->
                        peers.keepInformation(
                                host, new KeptInformation(found.document(), expires)));
    }

    void forget(HostName host) {
        memory.invalidate(host);
        QuarkusTransaction.requiringNew().run(() -> peers.forgetInformation(host));
    }
}
