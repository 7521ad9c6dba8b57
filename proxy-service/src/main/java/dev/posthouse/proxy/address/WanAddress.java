package dev.posthouse.proxy.address;

import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ProxyException.WanUnknown;
import dev.posthouse.proxy.ca.CaClient;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The address under which this proxy's network appears outside (certificates, section 6): fixed by
 * a setting, or learned from the CA, every five minutes and when this machine's addresses change.
 */
@Startup
@Singleton
class WanAddress {

    private static final Logger LOG = Logger.getLogger(WanAddress.class);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final CaClient ca;
    private final Clock clock;
    private final boolean learns;
    private final boolean allowLoopback;
    private volatile Optional<IpAddress> known;
    private Set<InetAddress> interfaces = Set.of();
    private Instant learnedAt = Instant.MIN;

    WanAddress(ProxyConfig settings, CaClient ca, Clock clock) {
        this.ca = ca;
        this.clock = clock;
        this.allowLoopback = settings.addresses().allowLoopback();
        this.known = settings.wanAddress().map(text -> fixed(text, settings.addresses()));
        this.learns = known.isEmpty() && settings.mode() == ProxyConfig.Mode.LAN;
    }

    private static IpAddress fixed(String text, ProxyConfig.Addresses settings) {
        try {
            IpAddress address = IpAddress.parse(text);
            new AddressRules(settings.allowLoopback(), settings.allowLinkLocal())
                    .requireWan(address);
            return address;
        } catch (RuntimeException unusable) {
            throw new IllegalStateException(
                    "proxy.wan-address: no usable unicast address", unusable);
        }
    }

    static boolean isOutside(IpAddress address, boolean allowLoopback) {
        return AddressRules.isGlobalUnicast(address) || (allowLoopback && isLoopback(address));
    }

    private static boolean isLoopback(IpAddress address) {
        return address.text().equals("::1") || address.text().startsWith("127.");
    }

    IpAddress current() {
        return known.orElseThrow(WanUnknown::new);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() throws SocketException {
        if (!learns) {
            return;
        }
        Set<InetAddress> now =
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .collect(Collectors.toUnmodifiableSet());
        boolean due = learnedAt.isBefore(clock.instant().minus(FRESH));
        if (due || known.isEmpty() || !now.equals(interfaces)) {
            interfaces = now;
            ca.observedAddress().ifPresent(this::learn);
        }
    }

    /** An address that is not global says that P and CA share a network: nothing is learned. */
    private void learn(IpAddress observed) {
        Optional<IpAddress> usable =
                Optional.of(observed).filter(address -> isOutside(address, allowLoopback));
        if (!usable.equals(known)) {
            LOG.infof(
                    "The outside address is now %s", usable.map(IpAddress::text).orElse("unknown"));
        }
        known = usable;
        learnedAt = clock.instant();
    }
}
