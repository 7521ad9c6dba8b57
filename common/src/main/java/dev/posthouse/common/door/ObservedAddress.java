package dev.posthouse.common.door;

import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.setting.BadSetting;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address a request comes from (certificates, section 6): the TCP peer, unless that is a
 * trusted proxy; then the entries of one forwarding header are walked from the right, past trusted
 * hops, to the first that is not.
 */
public final class ObservedAddress {

    /** The one header that trusted proxies write; the other is never looked at. */
    public enum Header {
        /** RFC 7239. */
        FORWARDED("Forwarded"),
        /** What came before it. */
        X_FORWARDED_FOR("X-Forwarded-For");

        private final String field;

        Header(String field) {
            this.field = field;
        }

        /** The header field's name. */
        public String field() {
            return field;
        }
    }

    /** An entry is no address; the walk cannot go on past it. */
    public static final class Unparsable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unparsable() {
            super("A forwarding entry is no address.", null, false, false);
        }
    }

    /** {@code 192.0.2.1}, {@code 192.0.2.1:99}, {@code 2001:db8::1}, {@code [2001:db8::1]:99}. */
    private static final Pattern NODE =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?|([0-9.]+)(?::\\d{1,5})?");

    private static final Pattern BARE_IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<Cidr> trustedProxies;
    private final Header header;

    public ObservedAddress(List<Cidr> trustedProxies, Header header) {
        this.trustedProxies = List.copyOf(trustedProxies);
        this.header = header;
    }

    /**
     * As a service's settings have it.
     *
     * @param name of the setting that lists the trusted proxies
     */
    public static ObservedAddress read(
            String name, Optional<List<String>> trustedProxies, Header header) {
        return BadSetting.read(
                name,
                () ->
                        new ObservedAddress(
                                trustedProxies.orElse(List.of()).stream().map(Cidr::parse).toList(),
                                header));
    }

    /** The field to hand to {@link #of}. */
    public String field() {
        return header.field();
    }

    /**
     * @param peer the TCP peer
     * @param fields the header's lines, in the order of the message
     * @throws Unparsable at an entry that is no address
     */
    public IpAddress of(IpAddress peer, List<String> fields) {
        IpAddress observed = peer;
        if (!isTrusted(peer)) {
            return observed;
        }
        List<String> entries = ForwardedEntries.of(header, fields);
        for (int i = entries.size() - 1; i >= 0 && isTrusted(observed); i--) {
            observed = address(entries.get(i));
        }
        return observed;
    }

    private boolean isTrusted(IpAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    private IpAddress address(String node) {
        try {
            Matcher withPort = NODE.matcher(node);
            if (withPort.matches()) {
                String v6 = withPort.group(1);
                return IpAddress.parse(v6 == null ? withPort.group(2) : v6);
            }
            if (header == Header.X_FORWARDED_FOR && BARE_IPV6.matcher(node).matches()) {
                return IpAddress.parse(node);
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw new Unparsable();
        }
        throw new Unparsable();
    }
}
