package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    @Test
    void keepsTheWholeWordForAServicesOwnSettings() {
        Settings settings = Settings.parse(List.of("proxy.mode=wan", "ca.profile.lifetime=3d"));

        assertThat(settings.of(Service.PROXY)).containsExactly(entry("proxy.mode", "wan"));
        assertThat(settings.of(Service.CA)).containsExactly(entry("ca.profile.lifetime", "3d"));
        assertThat(settings.of(Service.REPOSITORY)).isEmpty();
    }

    @Test
    void dropsTheServiceFromWhatALibraryReads() {
        Settings settings =
                Settings.parse(
                        List.of(
                                "proxy.quarkus.log.level=DEBUG",
                                "proxy.mp.messaging.x=1",
                                "proxy.kafka.bootstrap.servers=k:1"));

        assertThat(settings.of(Service.PROXY))
                .containsOnly(
                        entry("quarkus.log.level", "DEBUG"),
                        entry("mp.messaging.x", "1"),
                        entry("kafka.bootstrap.servers", "k:1"));
    }

    @Test
    void takesTheLastOfTwoAndLeavesEqualsSignsInValuesAlone() {
        Settings settings =
                Settings.parse(List.of("ca.profile.policy=1.2", "ca.profile.policy=a=b"));

        assertThat(settings.of(Service.CA)).containsExactly(entry("ca.profile.policy", "a=b"));
    }

    @Test
    void movesPorts() {
        Settings settings =
                Settings.parse(
                        List.of("proxy.port=1", "proxy.management-port=2", "postgres.port=3"));

        Ports ports = Ports.standard(settings);

        assertThat(ports.of(Service.PROXY)).isEqualTo(1);
        assertThat(ports.managementOf(Service.PROXY)).isEqualTo(2);
        assertThat(ports.postgres()).isEqualTo(3);
        assertThat(ports.of(Service.CA)).isEqualTo(8442);
        assertThat(ports.managementOf(Service.CA)).isEqualTo(9442);
        assertThat(ports.kafka()).isEqualTo(19092);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy",
                "proxy=1",
                "proxy.=1",
                ".mode=wan",
                "=",
                "",
                "relay.mode=x",
                "relay.port=1",
                "postgres.fsync=off",
                "proxy.port=",
                "proxy.port=0",
                "proxy.port=65536",
                "proxy.port=1x",
                "kafka.port=-1"
            })
    void refusesWhatNamesNoSetting(String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse(List.of(word)))
                .withMessageContaining("--set");
    }
}
