package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.local.process.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PortsTest {

    @Test
    void namesABusyPortAndHowToMoveIt() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings settings =
                    Settings.parse(List.of("ca.management-port=" + other.getLocalPort()));

            assertThatThrownBy(Ports.free(settings)::requireFree)
                    .isInstanceOf(LocalFailure.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " is in use")
                    .hasMessageContaining("--set ca.management-port=");
        }
    }

    @Test
    void isContentWithPortsThatNobodyUses() {
        assertThatCode(Ports.free(Settings.parse(List.of()))::requireFree)
                .doesNotThrowAnyException();
    }

    @Test
    void keepsAPortThatWasAskedForAmongFreeOnes() {
        Ports ports = Ports.free(Settings.parse(List.of("kafka.port=19999")));

        assertThat(ports.kafka()).isEqualTo(19999);
        assertThat(ports.postgres()).isNotEqualTo(15432);
    }
}
