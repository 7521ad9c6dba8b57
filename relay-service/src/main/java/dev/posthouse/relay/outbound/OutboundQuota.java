package dev.posthouse.relay.outbound;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.quota.Quotas;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How much may be on its way out (PoHTTP, section 10): of one private gateway what may also wait
 * for one, dead letters included. What there is is summed up in the database now and then, and what
 * comes is added in memory until the next time.
 */
@Singleton
final class OutboundQuota {

    private static final Duration GOOD_FOR = Duration.ofSeconds(5);
    private static final Duration COME_AGAIN = Duration.ofMinutes(1);
    private static final Quotas.Full GATEWAY_FULL =
            new Quotas.Full("gateway.full", "Too much of that gateway is on its way.");

    private static final int MOST_GATEWAYS = 10_000;

    private final Outbound outbound;
    private final Quotas quotas;
    private final RelayConfig.Quota most;
    private final LoadingCache<String, AtomicReference<Sum>> sums;

    OutboundQuota(Outbound outbound, Quotas quotas, RelayConfig settings) {
        this.outbound = outbound;
        this.quotas = quotas;
        this.most = settings.quota();
        this.sums =
                Caffeine.newBuilder()
                        .maximumSize(MOST_GATEWAYS)
                        .expireAfterWrite(GOOD_FOR)
                        .build(gateway -> new AtomicReference<>(look(gateway)));
    }

    /**
     * What there is.
     *
     * @param parcels how many
     * @param octets how long together
     */
    record Sum(long parcels, long octets) {

        Sum plus(int size) {
            return new Sum(parcels + 1, octets + size);
        }
    }

    private Sum look(String gateway) {
        return QuarkusTransaction.requiringNew().call(() -> outbound.sum(gateway));
    }

    /**
     * Refuses what is too much; there is always room for a repeat. Its caller must hold no
     * connection.
     *
     * @throws RelayException for that
     */
    void requireRoom(OutboundParcel parcel, Instant now) {
        Optional<Quotas.Full> full =
                quotas.fullFor(parcel.size())
                        .or(() ->
                                parcel.gateway()
                                        .filter(gateway -> isFull(gateway, parcel.size()))
                                        .map(gateway -> GATEWAY_FULL));
        full.filter(any -> isNews(parcel, now))
                .ifPresent(why -> {
                    throw RelayException.full(why.code(), why.message(), COME_AGAIN);
                });
    }

    private boolean isNews(OutboundParcel parcel, Instant now) {
        return !QuarkusTransaction.requiringNew().call(() -> outbound.knows(parcel, now));
    }

    private boolean isFull(NodeId gateway, int size) {
        Sum sum = sums.get(gateway.text()).get();
        long parcels = most.gateway().parcels();
        long octets = most.gateway().octets();
        return (parcels > 0 && sum.parcels() >= parcels)
                || (octets > 0 && sum.octets() + size > octets);
    }

    /** One more is on its way. */
    void count(OutboundParcel parcel) {
        quotas.count(parcel.size());
        parcel.gateway()
                .map(gateway -> sums.getIfPresent(gateway.text()))
                .ifPresent(sum -> sum.updateAndGet(known -> known.plus(parcel.size())));
    }
}
