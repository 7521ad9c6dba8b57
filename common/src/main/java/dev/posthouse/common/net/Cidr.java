package dev.posthouse.common.net;

/**
 * A network in CIDR form, such as {@code 10.0.0.0/8}.
 *
 * @param address its first address
 * @param prefix how many leading bits name the network
 */
public record Cidr(IpAddress address, int prefix) {

    /** Refuses a prefix outside the family's range, and host bits that are not zero. */
    public Cidr {
        if (prefix < 0 || prefix > bits(address) || !masked(address, prefix).equals(address)) {
            throw new IllegalArgumentException("This is not a network in CIDR form.");
        }
    }

    /** Reads {@code address/prefix}; a bare address is a network of one. */
    public static Cidr parse(String text) {
        String[] parts = text.split("/", 2);
        IpAddress address = IpAddress.parse(parts[0]);
        if (parts.length == 1) {
            return new Cidr(address, bits(address));
        }
        boolean plain = parts[1].matches("0|[1-9][0-9]{0,2}");
        return new Cidr(address, plain ? Integer.parseInt(parts[1]) : -1);
    }

    static Cidr around(IpAddress address, int prefix) {
        return new Cidr(masked(address, prefix), prefix);
    }

    /** Whether the address is of the same family and in this network. */
    public boolean contains(IpAddress other) {
        return masked(other, prefix).equals(address);
    }

    private static int bits(IpAddress address) {
        return address.isIpv4() ? 32 : 128;
    }

    private static IpAddress masked(IpAddress address, int prefix) {
        byte[] octets = address.octets();
        for (int i = 0; i < octets.length; i++) {
            octets[i] &= (byte) (0xff00 >> Math.clamp(prefix - 8L * i, 0, 8));
        }
        return IpAddress.ofOctets(octets);
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
