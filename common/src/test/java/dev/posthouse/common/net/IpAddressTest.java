package dev.posthouse.common.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {

    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 00000000",
        "192.168.1.7, c0a80107",
        "255.255.255.255, ffffffff",
        "10.20.199.209, 0a14c7d1",
        "::, 00000000000000000000000000000000",
        "::1, 00000000000000000000000000000001",
        "1::, 00010000000000000000000000000000",
        "fd00::7, fd000000000000000000000000000007",
        "FD00:0:0::7, fd000000000000000000000000000007",
        "1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
        "0001:2:3:4:5:6:7:0008, 00010002000300040005000600070008",
        "64:ff9b::192.0.2.33, 0064ff9b0000000000000000c0000221",
        "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
        "::ffff:192.168.1.7, c0a80107",
        "::FFFF:c0a8:0107, c0a80107",
        "0:0:0:0:0:ffff:192.168.1.7, c0a80107"
    })
    void readsText(String text, String hex) {
        assertThat(IpAddress.parse(text).octets()).isEqualTo(HEX.parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..3.4",
                "1.2.3.256",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.00",
                "0x1.2.3.4",
                "1.2.3.-4",
                "+1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "1.2.3.4/32",
                "1.2.3.4:80",
                "3232235777",
                "١.٢.٣.٤",
                ":",
                ":::",
                "1:2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8:9",
                "1::2::3",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "00001::",
                "g::",
                "::1%lo",
                "fe80::1%1",
                "fe80::1%eth0",
                "[::1]",
                "::1/128",
                "::1.2.3",
                "::1.2.3.256",
                "::01.2.3.4",
                "::1.2.3.4:5",
                "1.2.3.4::",
                "::ffff:1.2.3.4.5",
                "localhost",
                "example.com",
                "face",
                "a.b.c.d",
                "::1\n"
            })
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLongTextAtOnce() {
        for (String text : new String[] {":".repeat(1_000_000), "1.".repeat(500_000)}) {
            assertThatThrownBy(() -> IpAddress.parse(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The examples of RFC 5952, sections 1, 2, 4 and 5. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        "2001:db8::aaaa:0:0:1, 2001:db8::aaaa:0:0:1",
        "2001:db8:0:0:0::1, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:AAAA:0:0:0:0:1, 2001:db8:aaaa::1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "10:0:0:100:0:0:0:a0, 10:0:0:100::a0",
        "0:1:0:1:0:1:0:1, 0:1:0:1:0:1:0:1",
        "192.0.2.1, 192.0.2.1"
    })
    void writesText(String text, String canonical) {
        assertThat(IpAddress.parse(text).text()).isEqualTo(canonical);
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @Test
    void writesMappedAddressesMixed() {
        byte[] octets = HEX.parseHex("00000000000000000000ffffc0a80107");

        assertThat(IpAddress.ofOctets(octets).text()).isEqualTo("::ffff:192.168.1.7");
    }

    @Test
    void readsWhatItWrites() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
            }
            IpAddress address = IpAddress.ofOctets(octets);
            assertThat(IpAddress.parse(address.text())).isEqualTo(address);
        }
    }

    @Test
    void takesOctetsAsTheyStand() {
        byte[] mapped = HEX.parseHex("00000000000000000000ffffc0a80107");

        assertThat(IpAddress.ofOctets(mapped).octets()).isEqualTo(mapped);
        assertThat(IpAddress.ofOctets(mapped).isIpv4Mapped()).isTrue();
        assertThat(IpAddress.ofOctets(mapped).isIpv4()).isFalse();
        assertThat(IpAddress.parse("192.168.1.7").isIpv4Mapped()).isFalse();
        assertThat(IpAddress.parse("fd00::7").isIpv4Mapped()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 8, 15, 17, 32})
    void refusesAnotherNumberOfOctets(int length) {
        assertThatThrownBy(() -> IpAddress.ofOctets(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void normalisesTheAddressOfASocket() throws Exception {
        byte[] mapped = HEX.parseHex("00000000000000000000ffffc0a80107");
        InetAddress socket = Inet6Address.getByAddress(null, mapped, 1);
        InetAddress zoned =
                Inet6Address.getByAddress(null, HEX.parseHex("fe80" + "0".repeat(27) + "1"), 1);

        assertThat(socket.getAddress()).hasSize(16);
        assertThat(IpAddress.of(socket)).isEqualTo(IpAddress.parse("192.168.1.7"));
        assertThat(IpAddress.of(zoned)).isEqualTo(IpAddress.parse("fe80::1"));
        assertThat(IpAddress.of(InetAddress.ofLiteral("10.0.0.1")))
                .isEqualTo(IpAddress.parse("10.0.0.1"));
    }

    @Test
    void comparesByOctets() {
        IpAddress address = IpAddress.parse("fd00::7");
        address.octets()[0] = 0;

        assertThat(address)
                .isEqualTo(IpAddress.parse("fd00:0::7"))
                .hasSameHashCodeAs(IpAddress.parse("fd00:0::7"))
                .isNotEqualTo(IpAddress.parse("fd00::8"))
                .isNotEqualTo("fd00::7")
                .doesNotHaveSameHashCodeAs(IpAddress.parse("fd00::8"));
        assertThat(IpAddress.parse("0.0.0.0")).isNotEqualTo(IpAddress.parse("::"));
    }

    @Test
    void knowsItsNetwork() {
        assertThat(IpAddress.parse("192.168.1.7").network(24, 64)).hasToString("192.168.1.0/24");
        assertThat(IpAddress.parse("fd00:1:2:3:4::7").network(24, 64))
                .hasToString("fd00:1:2:3::/64");
        assertThat(IpAddress.parse("192.168.1.7").network(32, 64)).hasToString("192.168.1.7/32");
        assertThat(IpAddress.parse("192.168.1.7").network(0, 64)).hasToString("0.0.0.0/0");
    }
}
