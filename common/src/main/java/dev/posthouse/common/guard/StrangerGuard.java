package dev.posthouse.common.guard;

import dev.posthouse.common.guard.UncallableHost.Reason;
import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Stands before every call to a host that somebody else named, so that nobody can point us at our
 * own network (YMP, sections 1 and 5; PoHTTP, section 9; MIMI, section 2.2):
 *
 * <ol>
 *   <li>The name is a name, and no address or localhost that is not listed; the port may be called.
 *   <li>It is resolved once.
 *   <li>Every one of its addresses is global unicast; one that is not refuses the host.
 * </ol>
 *
 * Each call and each redirect's target goes through all three anew; the call then uses the {@link
 * Destination}, since a second look-up may find something else.
 */
public final class StrangerGuard {

    private final Set<HostName> listed;
    private final IntPredicate ports;
    private final Lookups lookups;

    /**
     * @param listed hosts that may have any address and just the port they are listed with ({@code
     *     allow-private}, static routes)
     * @param ports what may be called besides 443
     * @param resolver asked once a call
     * @param limit how long that may take
     */
    public StrangerGuard(
            Set<HostName> listed, IntPredicate ports, Resolver resolver, Duration limit) {
        this.listed = Set.copyOf(listed);
        this.ports = ports;
        this.lookups = new Lookups(resolver, limit);
    }

    /**
     * Reads a host at the border, without resolving anything.
     *
     * @throws UncallableHost for what is no host name, and for one that would never be called
     */
    public HostName name(String text) {
        HostName name = parsed(text);
        requireNamed(name);
        return name;
    }

    /**
     * Looks up where to call the host.
     *
     * @throws UncallableHost when it may not be called, or cannot be found
     */
    public Destination resolve(HostName name) {
        requireNamed(name);
        List<IpAddress> addresses =
                name.literal().map(List::of).orElseGet(() -> lookups.addresses(name.host()));
        unless(
                listed.contains(name) || addresses.stream().allMatch(AddressRules::isCallable),
                Reason.ADDRESS);
        return new Destination(name, addresses);
    }

    private static HostName parsed(String text) {
        try {
            return HostName.parse(text);
        } catch (IllegalArgumentException noHost) {
            throw new UncallableHost(Reason.SYNTAX);
        }
    }

    private void requireNamed(HostName name) {
        if (listed.contains(name)) {
            return;
        }
        unless(name.literal().isEmpty() && !name.isLocalhost(), Reason.UNLISTED);
        unless(name.port() == HostName.HTTPS || ports.test(name.port()), Reason.PORT);
    }

    private static void unless(boolean holds, Reason reason) {
        if (!holds) {
            throw new UncallableHost(reason);
        }
    }
}
