package dev.posthouse.common.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a stranger's host may be called (YMP, section 5). */
final class CallableAddressTest {

    private static final String SHEET =
            """
            0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
            192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
            224.0.0.0/4 240.0.0.0/4
            """;

    /** A forbidden network; whether the address before it and the one after it may be called. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/8,       -, Y",
        "10.0.0.0/8,      Y, Y",
        "100.64.0.0/10,   Y, Y",
        "127.0.0.0/8,     Y, Y",
        "169.254.0.0/16,  Y, Y",
        "172.16.0.0/12,   Y, Y",
        "192.0.0.0/24,    Y, Y",
        "192.0.2.0/24,    Y, Y",
        "192.88.99.0/24,  Y, Y",
        "192.168.0.0/16,  Y, Y",
        "198.18.0.0/15,   Y, Y",
        "198.51.100.0/24, Y, Y",
        "203.0.113.0/24,  Y, Y",
        "224.0.0.0/4,     Y, n",
        "240.0.0.0/4,     n, -",
        "::/128,          -, n",
        "::1/128,         n, n",
        "::/96,           -, n",
        "64:ff9b:1::/48,  n, n",
        "100::/64,        n, n",
        "::/3,            -, Y",
        "2001::/32,       Y, n",
        "2001:1::/32,     n, n",
        "2001:2::/48,     n, n",
        "2001:10::/28,    n, n",
        "2001:20::/28,    n, n",
        "2001::/23,       Y, Y",
        "2001:db8::/32,   Y, Y",
        "2002::/16,       Y, Y",
        "3fff::/20,       Y, Y",
        "4000::/2,        Y, n",
        "8000::/1,        n, -",
        "fc00::/7,        n, n",
        "fe80::/10,       n, n",
        "fec0::/10,       n, n",
        "ff00::/8,        n, -"
    })
    void endsWhereTheForbiddenNetworksBegin(String network, String before, String after) {
        Range range = Range.of(Cidr.parse(network));

        assertThat(AddressRules.isCallable(range.at(BigInteger.ZERO))).as("first").isFalse();
        assertThat(AddressRules.isCallable(range.at(range.last()))).as("last").isFalse();
        assertThat(letter(range, BigInteger.ONE.negate())).as("before").isEqualTo(before);
        assertThat(letter(range, range.last().add(BigInteger.ONE))).as("after").isEqualTo(after);
    }

    private static String letter(Range range, BigInteger at) {
        if (!range.exists(at)) {
            return "-";
        }
        return AddressRules.isCallable(range.at(at)) ? "Y" : "n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "223.255.255.255",
                "2000::1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2606:4700:4700::1111",
                "2a00:1450::1",
                "64:ff9b::8.8.8.8",
                "64:ff9b::172.32.0.0"
            })
    void letsGlobalUnicastPass(String address) {
        assertThat(AddressRules.isCallable(IpAddress.parse(address))).isTrue();
    }

    /** Global by IANA's registries, but anycast of the nearest network or no host at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.0.9",
                "192.0.0.10",
                "2001:1::1",
                "2001:1::2",
                "2001:1::3",
                "2001:3::1",
                "2001:4:112::1",
                "2001:20::1",
                "2001:30::1"
            })
    void letsNoExceptionOfTheRegistriesPass(String address) {
        assertThat(AddressRules.isGlobalUnicast(IpAddress.parse(address))).isTrue();
        assertThat(AddressRules.isCallable(IpAddress.parse(address))).isFalse();
    }

    @Test
    void agreesWithTheRegistriesOnAnyOtherAddress() {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(octets);
            octets[0] = random.nextBoolean() ? octets[0] : 0x20;
            IpAddress address = IpAddress.ofOctets(octets);
            boolean callable = AddressRules.isCallable(address);

            assertThat(callable)
                    .as(address.text())
                    .isEqualTo(AddressRules.isGlobalUnicast(address));
        }
    }

    /** What the sheet lists, as ranges of numbers: another way to say the same. */
    @Test
    void judgesAnyIpv4AddressAsTheSheetDoes() {
        List<Range> forbidden =
                Stream.of(SHEET.split("\\s+")).map(Cidr::parse).map(Range::of).toList();
        Random random = new Random(4);
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[4];
            random.nextBytes(octets);
            octets[0] = random.nextBoolean() ? octets[0] : (byte) 192;
            octets[1] = random.nextBoolean() ? octets[1] : 0;
            IpAddress address = IpAddress.ofOctets(octets);
            boolean refused = forbidden.stream().anyMatch(range -> range.holds(octets));

            assertThat(AddressRules.isCallable(address)).as(address.text()).isEqualTo(!refused);
            assertThat(AddressRules.isCallable(nat64(octets)))
                    .as(address.text())
                    .isEqualTo(!refused);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "64:ff9a:ffff:ffff:ffff:ffff:8.8.8.8",
                "64:ff9b:0:0:0:1:8.8.8.8",
                "64:ff9b:8000::8.8.8.8",
                "65:ff9b::8.8.8.8",
                "::ffff:0:8.8.8.8"
            })
    void readsIpv4InNoOtherPrefix(String address) {
        assertThat(AddressRules.isCallable(IpAddress.parse(address))).isFalse();
    }

    private static IpAddress nat64(byte[] ipv4) {
        byte[] octets = Arrays.copyOf(IpAddress.parse("64:ff9b::").octets(), 16);
        System.arraycopy(ipv4, 0, octets, 12, 4);
        return IpAddress.ofOctets(octets);
    }

    /** A network as numbers: its first address, and how many more there are. */
    private record Range(BigInteger first, BigInteger last, int octets) {

        static Range of(Cidr network) {
            byte[] octets = network.address().octets();
            BigInteger size = BigInteger.TWO.pow(octets.length * 8 - network.prefix());
            return new Range(
                    new BigInteger(1, octets), size.subtract(BigInteger.ONE), octets.length);
        }

        boolean exists(BigInteger at) {
            BigInteger number = first.add(at);
            return number.signum() >= 0 && number.bitLength() <= octets * 8;
        }

        boolean holds(byte[] address) {
            BigInteger at = new BigInteger(1, address).subtract(first);
            return at.signum() >= 0 && at.compareTo(last) <= 0;
        }

        IpAddress at(BigInteger at) {
            byte[] number = first.add(at).toByteArray();
            byte[] address = new byte[octets];
            int length = Math.min(number.length, octets);
            System.arraycopy(number, number.length - length, address, octets - length, length);
            return IpAddress.ofOctets(address);
        }
    }
}
