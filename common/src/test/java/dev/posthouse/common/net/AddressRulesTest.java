package dev.posthouse.common.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressRulesTest {

    private static final AddressRules STRICT = new AddressRules(false, false);
    private static final AddressRules LOOPBACK = new AddressRules(true, false);
    private static final AddressRules LINK_LOCAL = new AddressRules(false, true);

    /**
     * Y or n: by the strict rules, with loopback, with link-local, as a WAN address, and whether it
     * is global.
     */
    @ParameterizedTest
    @CsvSource({
        "192.168.1.7,            Y Y Y Y n",
        "10.0.0.1,               Y Y Y Y n",
        "172.16.0.1,             Y Y Y Y n",
        "172.31.255.255,         Y Y Y Y n",
        "172.32.0.0,             Y Y Y Y Y",
        "100.64.0.1,             Y Y Y Y n",
        "100.127.255.255,        Y Y Y Y n",
        "100.128.0.0,            Y Y Y Y Y",
        "8.8.8.8,                Y Y Y Y Y",
        "1.0.0.0,                Y Y Y Y Y",
        "223.255.255.255,        Y Y Y Y Y",
        "0.0.0.0,                n n n n n",
        "0.1.2.3,                n n n n n",
        "127.0.0.1,              n Y n n n",
        "127.255.255.255,        n Y n n n",
        "126.255.255.255,        Y Y Y Y Y",
        "169.254.0.1,            n n Y n n",
        "224.0.0.0,              n n n n n",
        "239.255.255.255,        n n n n n",
        "240.0.0.0,              n n n n n",
        "255.255.255.255,        n n n n n",
        "192.0.2.1,              n n n Y n",
        "198.51.100.1,           n n n Y n",
        "203.0.113.1,            n n n Y n",
        "192.0.3.0,              Y Y Y Y Y",
        "192.0.0.1,              Y Y Y Y n",
        "192.0.0.8,              Y Y Y Y n",
        "192.0.0.9,              Y Y Y Y Y",
        "192.0.0.10,             Y Y Y Y Y",
        "192.88.99.1,            Y Y Y Y n",
        "192.31.196.1,           Y Y Y Y Y",
        "198.18.0.1,             Y Y Y Y n",
        "198.19.255.255,         Y Y Y Y n",
        "::,                     n n n n n",
        "::1,                    n Y n n n",
        "::2,                    n n n n n",
        "::192.168.1.7,          n n n n n",
        "fd00::7,                Y Y Y Y n",
        "fc00::7,                Y Y Y Y n",
        "fe80::1,                n n Y n n",
        "febf:ffff::1,           n n Y n n",
        "fec0::1,                Y Y Y Y n",
        "ff02::1,                n n n n n",
        "ff0e::1,                n n n n n",
        "2001:db8::1,            n n n Y n",
        "2001:db9::1,            Y Y Y Y Y",
        "3fff::1,                n n n Y n",
        "3fff:fff:ffff::1,       n n n Y n",
        "3fff:1000::1,           Y Y Y Y Y",
        "2000::1,                Y Y Y Y Y",
        "2606:4700:4700::1111,   Y Y Y Y Y",
        "4000::1,                Y Y Y Y n",
        "64:ff9b::808:808,       Y Y Y Y n",
        "64:ff9b:1::1,           Y Y Y Y n",
        "100::1,                 Y Y Y Y n",
        "2001::1,                Y Y Y Y n",
        "2001:1::1,              Y Y Y Y Y",
        "2001:1::4,              Y Y Y Y n",
        "2001:2::1,              Y Y Y Y n",
        "2001:3::1,              Y Y Y Y Y",
        "2001:4:112::1,          Y Y Y Y Y",
        "2001:10::1,             Y Y Y Y n",
        "2001:20::1,             Y Y Y Y Y",
        "2001:30::1,             Y Y Y Y Y",
        "2001:1ff:ffff::1,       Y Y Y Y n",
        "2001:200::1,            Y Y Y Y Y",
        "2002:808:808::1,        Y Y Y Y n",
        "5f00::1,                Y Y Y Y n"
    })
    void judges(String text, String expected) {
        IpAddress address = IpAddress.parse(text);
        String judged =
                String.join(
                        " ",
                        letter(passes(STRICT::requireClient, address)),
                        letter(passes(LOOPBACK::requireClient, address)),
                        letter(passes(LINK_LOCAL::requireClient, address)),
                        letter(passes(STRICT::requireWan, address)),
                        letter(AddressRules.isGlobalUnicast(address)));
        assertThat(judged).isEqualTo(expected);
    }

    private static String letter(boolean passes) {
        return passes ? "Y" : "n";
    }

    private static boolean passes(Consumer<IpAddress> rule, IpAddress address) {
        try {
            rule.accept(address);
            return true;
        } catch (ForbiddenAddress refusal) {
            assertThat(refusal.code()).isEqualTo("address.forbidden");
            assertThat(refusal.getMessage()).doesNotContain(address.text());
            return false;
        }
    }

    @Test
    void refusesIpv4MappedAddressesWhateverTheyMap() {
        AddressRules lenient = new AddressRules(true, true);
        for (String ipv4 : new String[] {"c0a80107", "7f000001", "a9fe0001", "08080808"}) {
            byte[] octets = HexFormat.of().parseHex("0".repeat(20) + "ffff" + ipv4);
            IpAddress mapped = IpAddress.ofOctets(octets);

            assertThat(passes(lenient::requireClient, mapped)).isFalse();
            assertThat(passes(lenient::requireWan, mapped)).isFalse();
            assertThat(AddressRules.isGlobalUnicast(mapped)).isFalse();
        }
    }

    @Test
    void letsLoopbackPassAsWanAddressOnlyWhenAllowed() {
        assertThat(passes(LOOPBACK::requireWan, IpAddress.parse("127.0.0.1"))).isTrue();
        assertThat(passes(LOOPBACK::requireWan, IpAddress.parse("::1"))).isTrue();
        assertThat(passes(LINK_LOCAL::requireWan, IpAddress.parse("fe80::1"))).isTrue();
    }
}
