package dev.posthouse.common.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "10.0.0.1, 10.0.0.1/32",
        "::1, ::1/128",
        "0.0.0.0/0, 0.0.0.0/0",
        "::/0, ::/0",
        "172.16.0.0/12, 172.16.0.0/12",
        "192.168.1.6/31, 192.168.1.6/31",
        "FD00::/8, fd00::/8",
        "fd00:0:0:8000::/49, fd00:0:0:8000::/49"
    })
    void readsANetwork(String text, String canonical) {
        assertThat(Cidr.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "0.0.0.0/-1",
                "0.0.0.0/x",
                "0.0.0.0/33",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                "10.0.0.0/1000",
                "10.0.0.0/255.0.0.0",
                "10.0.0.1/8",
                "172.16.0.0/11",
                "fd00::1/64",
                "::/129",
                "fd00::%1/8",
                "10/8",
                "example.com/8"
            })
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.0.0.0/8, 11.0.0.0, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "192.168.1.6/31, 192.168.1.7, true",
        "192.168.1.6/31, 192.168.1.8, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::, false",
        "::/0, 0.0.0.0, false",
        "::/0, ffff::, true",
        "fc00::/7, fdff::1, true",
        "fc00::/7, fe00::, false",
        "fd00::7, fd00::7, true",
        "fd00::7, fd00::6, false"
    })
    void containsItsAddresses(String network, String address, boolean contained) {
        assertThat(Cidr.parse(network).contains(IpAddress.parse(address))).isEqualTo(contained);
    }
}
