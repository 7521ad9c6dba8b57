package dev.posthouse.common.net;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses a certificate may carry (certificates, section 5 rule 6, and section 6), and
 * where a host may be called that somebody else named (YMP, section 5).
 */
public final class AddressRules {

    private static final List<Cidr> LOOPBACK = networks("127.0.0.0/8 ::1");
    private static final List<Cidr> LINK_LOCAL = networks("169.254.0.0/16 fe80::/10");
    private static final List<Cidr> DOCUMENTATION =
            networks("192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 3fff::/20");

    /** Unspecified, "this network", IPv4-compatible, multicast, reserved and broadcast. */
    private static final List<Cidr> NOT_UNICAST =
            networks("0.0.0.0/8 224.0.0.0/4 240.0.0.0/4 ::/96 ff00::/8");

    /** What IANA's special-purpose registries do not call globally reachable, beside the above. */
    private static final List<Cidr> NOT_GLOBAL =
            networks(
                    "10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.0.0.0/24 192.88.99.0/24"
                            + " 192.168.0.0/16 198.18.0.0/15 2001::/23 2002::/16");

    /** The registries' globally reachable exceptions inside {@link #NOT_GLOBAL}. */
    private static final List<Cidr> GLOBAL_AFTER_ALL =
            networks(
                    "192.0.0.9 192.0.0.10 2001:1::1 2001:1::2 2001:1::3 2001:3::/32"
                            + " 2001:4:112::/48 2001:20::/28 2001:30::/28");

    /** Everything IANA has given out as IPv6 global unicast so far. */
    private static final Cidr GLOBAL_IPV6 = Cidr.parse("2000::/3");

    /** IPv4 as networks without it reach it (RFC 6052): the last four octets say whom. */
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");

    private final boolean allowLoopback;
    private final boolean allowLinkLocal;

    /** The rules of one service, as its two settings have them. */
    public AddressRules(boolean allowLoopback, boolean allowLinkLocal) {
        this.allowLoopback = allowLoopback;
        this.allowLinkLocal = allowLinkLocal;
    }

    /**
     * Lets pass what may stand in a CSR as the client's own address.
     *
     * @throws ForbiddenAddress for every other address
     */
    public void requireClient(IpAddress address) {
        requireWan(address);
        refuse(in(DOCUMENTATION, address), "The address is reserved for documentation.");
    }

    /**
     * Lets pass what an operator may set as the WAN address: documentation ranges too.
     *
     * @throws ForbiddenAddress for every other address
     */
    public void requireWan(IpAddress address) {
        boolean loopback = in(LOOPBACK, address);
        refuse(loopback && !allowLoopback, "A loopback address is not allowed here.");
        refuse(
                in(LINK_LOCAL, address) && !allowLinkLocal,
                "A link-local address is not allowed here.");
        refuse(address.isIpv4Mapped(), "The address is IPv4 written as IPv6.");
        refuse(!loopback && in(NOT_UNICAST, address), "The address is not a unicast address.");
    }

    /** Whether IANA's registries call the address globally reachable unicast. */
    public static boolean isGlobalUnicast(IpAddress address) {
        return in(GLOBAL_AFTER_ALL, address) || isOrdinary(address);
    }

    /**
     * Whether a stranger's host may be called there: global unicast, or NAT64 of it. The
     * registries' exceptions are not: those are anycast of the nearest network, ours. Nor are
     * tunnels (6to4, Teredo) and local NAT64 prefixes, whatever IPv4 address is in them.
     */
    public static boolean isCallable(IpAddress address) {
        return isOrdinary(NAT64.contains(address) ? lastFour(address) : address);
    }

    /** Whether the address is this machine's for itself. */
    public static boolean isLoopback(IpAddress address) {
        return in(LOOPBACK, address);
    }

    private static boolean isOrdinary(IpAddress address) {
        return (address.isIpv4() || GLOBAL_IPV6.contains(address))
                && Stream.of(LOOPBACK, LINK_LOCAL, DOCUMENTATION, NOT_UNICAST, NOT_GLOBAL)
                        .noneMatch(range -> in(range, address));
    }

    private static IpAddress lastFour(IpAddress address) {
        return IpAddress.ofOctets(Arrays.copyOfRange(address.octets(), 12, 16));
    }

    private static boolean in(List<Cidr> range, IpAddress address) {
        return range.stream().anyMatch(network -> network.contains(address));
    }

    private static void refuse(boolean forbidden, String message) {
        if (forbidden) {
            throw new ForbiddenAddress(message);
        }
    }

    private static List<Cidr> networks(String texts) {
        return Stream.of(texts.split(" ")).map(Cidr::parse).toList();
    }
}
