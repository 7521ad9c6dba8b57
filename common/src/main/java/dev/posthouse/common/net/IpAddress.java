package dev.posthouse.common.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An IP address as octets (certificates, section 6): read from text without a name resolver,
 * compared as bytes, written as RFC 5952 says.
 */
public final class IpAddress {

    /** Four octets without leading zeros, which some readers take for octal. */
    private static final String QUAD =
            "(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\\.(?!$)|$)){4}";

    /** Narrows what the JDK reads: it also knows zones, brackets and groups of five digits. */
    private static final Pattern TEXT =
            Pattern.compile(
                    QUAD
                            + "|(?=.{2,45}$)(?!.*[0-9A-Fa-f]{5})[0-9A-Fa-f:]*:(?:[0-9A-Fa-f]*|"
                            + QUAD
                            + ")");

    private static final Pattern ZERO_GROUPS = Pattern.compile("\\b0(?::0)+\\b");
    private static final byte[] MAPPED = HexFormat.of().parseHex("00000000000000000000ffff");

    private final byte[] octets;

    private IpAddress(byte[] octets) {
        this.octets = octets;
    }

    /**
     * Reads a dotted quad or RFC 4291 text; IPv4-mapped IPv6 becomes IPv4.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static IpAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("This is not an IP address.");
        }
        return of(InetAddress.ofLiteral(text));
    }

    /** The address with these 4 or 16 octets; IPv4-mapped IPv6 stays what it is. */
    public static IpAddress ofOctets(byte[] octets) {
        if (octets.length != 4 && octets.length != 16) {
            throw new IllegalArgumentException("An IP address has 4 or 16 octets.");
        }
        return new IpAddress(octets.clone());
    }

    /** The address of a socket; IPv4-mapped IPv6 becomes IPv4, and a zone is dropped. */
    public static IpAddress of(InetAddress address) {
        IpAddress asIs = new IpAddress(address.getAddress());
        return asIs.isIpv4Mapped() ? new IpAddress(Arrays.copyOfRange(asIs.octets, 12, 16)) : asIs;
    }

    /** The 4 or 16 octets, in network order. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Whether this has 4 octets. */
    public boolean isIpv4() {
        return octets.length == 4;
    }

    /** Whether this has 16 octets and lies in {@code ::ffff:0:0/96}. */
    public boolean isIpv4Mapped() {
        return octets.length == 16 && Arrays.equals(octets, 0, 12, MAPPED, 0, 12);
    }

    /** The network of this address, by a prefix length for either family. */
    public Cidr network(int prefixV4, int prefixV6) {
        return Cidr.around(this, isIpv4() ? prefixV4 : prefixV6);
    }

    /** The text form: a dotted quad, or RFC 5952. */
    public String text() {
        if (isIpv4()) {
            return quad(0);
        }
        return isIpv4Mapped() ? "::ffff:" + quad(12) : compressed();
    }

    private String quad(int from) {
        return IntStream.range(from, from + 4)
                .mapToObj(i -> String.valueOf(octets[i] & 0xff))
                .collect(Collectors.joining("."));
    }

    private String compressed() {
        String groups =
                IntStream.range(0, 8)
                        .map(i -> (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff))
                        .mapToObj(Integer::toHexString)
                        .collect(Collectors.joining(":"));
        return ZERO_GROUPS
                .matcher(groups)
                .results()
                .reduce((longest, next) -> length(next) > length(longest) ? next : longest)
                .map(gap -> groups.substring(0, gap.start()) + "::" + groups.substring(gap.end()))
                .map(text -> text.replace(":::", "::").replace(":::", "::"))
                .orElse(groups);
    }

    private static int length(MatchResult match) {
        return match.end() - match.start();
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
