package dev.posthouse.common.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * An IP address as octets (certificates, section 6): read from text without a name resolver,
 * compared as bytes, written as RFC 5952 says.
 */
public final class IpAddress {

    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** No leading zeros: some parsers read them as octal. */
    private static final Pattern DECIMAL_OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** The JDK's reader is laxer than RFC 4291: it knows zones and groups of five digits. */
    private static final Pattern IPV6_TEXT =
            Pattern.compile("(?!.*[0-9A-Fa-f]{5})[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final byte[] octets;

    private IpAddress(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Reads a strict dotted quad or RFC 4291 text; IPv4-mapped IPv6 becomes IPv4.
     *
     * @throws IllegalArgumentException for anything else: a zone, brackets, leading zeros, a name
     */
    public static IpAddress parse(String text) {
        if (text.length() > 45) {
            throw notAnAddress();
        }
        return text.indexOf(':') < 0 ? new IpAddress(quad(text)) : parseIpv6(text);
    }

    /** The address with exactly these octets; IPv4-mapped IPv6 stays what it is. */
    public static IpAddress ofOctets(byte[] octets) {
        if (octets.length != 4 && octets.length != 16) {
            throw notAnAddress();
        }
        return new IpAddress(octets.clone());
    }

    /** The address of a socket; IPv4-mapped IPv6 becomes IPv4, and a zone is dropped. */
    public static IpAddress of(InetAddress address) {
        IpAddress asIs = new IpAddress(address.getAddress());
        return asIs.isIpv4Mapped() ? new IpAddress(Arrays.copyOfRange(asIs.octets, 12, 16)) : asIs;
    }

    private static IpAddress parseIpv6(String text) {
        if (!IPV6_TEXT.matcher(text).matches()) {
            throw notAnAddress();
        }
        if (text.indexOf('.') >= 0) {
            quad(text.substring(text.lastIndexOf(':') + 1));
        }
        return of(Inet6Address.ofLiteral(text));
    }

    private static byte[] quad(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] quad = new byte[4];
        if (parts.length != 4) {
            throw notAnAddress();
        }
        for (int i = 0; i < 4; i++) {
            if (!DECIMAL_OCTET.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
                throw notAnAddress();
            }
            quad[i] = (byte) Integer.parseInt(parts[i]);
        }
        return quad;
    }

    private static IllegalArgumentException notAnAddress() {
        return new IllegalArgumentException("This is not an IP address.");
    }

    /** A copy of the 4 or 16 octets, in network order. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Whether this has 4 octets. */
    public boolean isIpv4() {
        return octets.length == 4;
    }

    /** Whether this has 16 octets and lies in {@code ::ffff:0:0/96}. */
    public boolean isIpv4Mapped() {
        return octets.length == 16 && Arrays.equals(octets, 0, 12, MAPPED_PREFIX, 0, 12);
    }

    /** The network of this address, by a prefix length for either family. */
    public Cidr network(int prefixV4, int prefixV6) {
        return Cidr.around(this, isIpv4() ? prefixV4 : prefixV6);
    }

    /** The text form: a dotted quad, or RFC 5952. */
    public String text() {
        if (isIpv4()) {
            return quadText(0);
        }
        return isIpv4Mapped() ? "::ffff:" + quadText(12) : ipv6Text();
    }

    private String quadText(int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + 4; i++) {
            text.append(i == from ? "" : ".").append(octets[i] & 0xff);
        }
        return text.toString();
    }

    private String ipv6Text() {
        int gap = longestGap();
        int afterGap = gap + gapLength(gap);
        if (afterGap - gap < 2) {
            return groups(0, 8);
        }
        return groups(0, gap) + "::" + groups(afterGap, 8);
    }

    private String groups(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    /** Where the first of the longest runs of zero groups starts. */
    private int longestGap() {
        int longest = 0;
        for (int i = 1; i < 8; i++) {
            if (gapLength(i) > gapLength(longest)) {
                longest = i;
            }
        }
        return longest;
    }

    private int gapLength(int from) {
        int to = from;
        while (to < 8 && group(to) == 0) {
            to++;
        }
        return to - from;
    }

    private int group(int i) {
        return (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(octets, address.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return text();
    }
}
