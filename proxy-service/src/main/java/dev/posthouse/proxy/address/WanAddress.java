package dev.posthouse.proxy.address;

import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ProxyException.WanUnknown;
import dev.posthouse.proxy.ca.CaClient;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
    private static final List<Cidr> LOOPBACK =
            List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"));

    private final Supplier<Optional<IpAddress>> seenByCa;
    private final Supplier<Set<InetAddress>> ownAddresses;
    private final Clock clock;
    private final boolean learns;
    private final boolean allowLoopback;
    private volatile Optional<IpAddress> known;
    private Set<InetAddress> interfaces = Set.of();
    private Instant learnedAt = Instant.MIN;

    @Inject
    WanAddress(ProxyConfig settings, CaClient ca, Clock clock) {
        this(settings, ca::observedAddress, WanAddress::ofThisMachine, clock);
    }

    /**
     * @param seenByCa asks the CA for the address it sees
     * @param ownAddresses of this machine; when they change, the network may have
     */
    WanAddress(
            ProxyConfig settings,
            Supplier<Optional<IpAddress>> seenByCa,
            Supplier<Set<InetAddress>> ownAddresses,
            Clock clock) {
        this.seenByCa = seenByCa;
        this.ownAddresses = ownAddresses;
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
            throw new BadSetting("proxy.wan-address", "no usable unicast address");
        }
    }

    static boolean isOutside(IpAddress address, boolean allowLoopback) {
        return AddressRules.isGlobalUnicast(address) || (allowLoopback && isLoopback(address));
    }

    private static boolean isLoopback(IpAddress address) {
        return LOOPBACK.stream().anyMatch(range -> range.contains(address));
    }

    IpAddress current() {
        return known.orElseThrow(WanUnknown::new);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        if (!learns) {
            return;
        }
        Set<InetAddress> now = ownAddresses.get();
        boolean due = learnedAt.isBefore(clock.instant().minus(FRESH));
        if (due || known.isEmpty() || !now.equals(interfaces)) {
            interfaces = now;
            seenByCa.get().ifPresent(this::learn);
        }
    }

    private static Set<InetAddress> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException noneToBeSeen) {
            return Set.of();
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
