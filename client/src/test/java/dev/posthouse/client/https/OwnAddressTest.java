package dev.posthouse.client.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.net.IpAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OwnAddressTest {

    private static final URI LOOPBACK = URI.create("https://127.0.0.1:8441/csr");

    @Test
    void loopbackIsReachedFromLoopback() throws Exception {
        assertThat(OwnAddress.towards(LOOPBACK)).isEqualTo(IpAddress.parse("127.0.0.1"));
        assertThat(OwnAddress.towards(URI.create("https://127.0.0.1/csr")).text())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void aNameNobodyKnowsHasNoAddress() {
        assertThatThrownBy(() -> OwnAddress.towards(URI.create("https://proxy.invalid/csr")))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void anAddressOfThisMachineIsCalledFrom() throws Exception {
        assertThat(OwnAddress.toCallFrom(IpAddress.parse("127.0.0.5"), LOOPBACK))
                .contains(InetAddress.getByAddress(new byte[] {127, 0, 0, 5}));
    }

    @Test
    void anAddressThatIsNotHereOrDoesNotReachTheServerIsNotCalledFrom() {
        URI elsewhere = URI.create("https://192.0.2.1/csr");

        assertThat(OwnAddress.toCallFrom(IpAddress.parse("192.0.2.77"), elsewhere)).isEmpty();
        assertThat(OwnAddress.toCallFrom(IpAddress.parse("127.0.0.1"), elsewhere)).isEmpty();
        assertThat(OwnAddress.toCallFrom(IpAddress.parse("::1"), LOOPBACK)).isEmpty();
        assertThat(
                        OwnAddress.toCallFrom(
                                IpAddress.parse("127.0.0.1"), URI.create("https://x.invalid")))
                .isEmpty();
    }
}
