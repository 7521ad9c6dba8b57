package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

    @Test
    void keepsTheWholeWordForAServicesOwnSettings() {
        Settings settings = Settings.parse(List.of("proxy.mode=wan", "ca.profile.lifetime=3d"));

        assertThat(of(settings, Service.PROXY)).containsExactly(entry("proxy.mode", "wan"));
        assertThat(of(settings, Service.CA)).containsExactly(entry("ca.profile.lifetime", "3d"));
        assertThat(of(settings, Service.REPOSITORY)).isEmpty();
    }

    @Test
    void dropsTheServiceFromWhatALibraryReads() {
        Settings settings =
                Settings.parse(
                        List.of(
                                "proxy.quarkus.log.level=DEBUG",
                                "proxy.mp.messaging.x=1",
                                "proxy.kafka.bootstrap.servers=k:1",
                                "proxy.posthouse.clock=2026-11-22T05:06:10Z"));

        assertThat(of(settings, Service.PROXY))
                .containsOnly(
                        entry("quarkus.log.level", "DEBUG"),
                        entry("mp.messaging.x", "1"),
                        entry("kafka.bootstrap.servers", "k:1"),
                        entry("posthouse.clock", "2026-11-22T05:06:10Z"));
    }

    @Test
    void takesTheLastOfTwoAndLeavesEqualsSignsInValuesAlone() {
        Settings settings =
                Settings.parse(List.of("ca.profile.policy=1.2", "ca.profile.policy=a=b"));

        assertThat(of(settings, Service.CA)).containsExactly(entry("ca.profile.policy", "a=b"));
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
                "ferry.mode=x",
                "ferry.port=1",
                "postgres.fsync=off",
                "proxy.port=",
                "proxy.port=0",
                "proxy.port=65536",
                "proxy.port=1x",
                "kafka.port=-1",
                "ca-2.port=1",
                "infrastructure.port=1",
                "replicas.ca=0",
                "replicas.ca=10",
                "replicas.ca=x",
                "replicas.ferry=2",
                "instance.west=ferry",
                "instance.ca=repository",
                "instance.kafka=ca",
                "instance.West=ca",
                "instance.a-b=ca",
                "west.hold=3s",
                "postgres.url=postgresql://db.example/",
                "postgres.url=jdbc:postgresql://db.example/?user=me",
                "postgres.username=me",
                "postgres.password-file=none",
                "kafka.bootstrap-servers=kafka.example"
            })
    void refusesWhatNamesNoSetting(String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse(List.of(word)))
                .withMessageContaining("--set");
    }

    @Test
    void refusesAPortOfAServerThatIsNotOurs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Settings.parse(
                                List.of("postgres.url=jdbc:postgresql://db/", "postgres.port=1")))
                .withMessageContaining("with postgres.url there is none");
    }

    @Test
    void hasOneOfEachUnlessMoreAreAskedFor() {
        assertThat(labels()).containsExactly("proxy", "ca", "repository", "ymp", "relay");
        assertThat(labels("replicas.ca=2", "instance.west=repository", "replicas.west=2"))
                .containsExactly(
                        "proxy", "ca", "ca-2", "repository", "west", "west-2", "ymp", "relay");
    }

    @Test
    void putsFurtherOnesOfARoleOnPortsOfTheirOwn() {
        Settings settings =
                Settings.parse(
                        List.of(
                                "ca-2.management-port=7",
                                "replicas.ca=2",
                                "instance.east=ca",
                                "east.port=8"));

        Ports ports = Ports.standard(settings);

        Instance second = new Instance("ca", Service.CA, 2);
        Instance east = new Instance("east", Service.CA, 1);
        assertThat(ports.of(second)).isEqualTo(8542);
        assertThat(ports.managementOf(second)).isEqualTo(7);
        assertThat(ports.of(east)).isEqualTo(8);
        assertThat(ports.managementOf(east)).isEqualTo(9642);
    }

    private static List<String> labels(String... words) {
        return Settings.parse(List.of(words)).roster().instances().stream()
                .map(Instance::label)
                .toList();
    }

    private static Map<String, String> of(Settings settings, Service service) {
        return settings.of(Instance.of(service));
    }
}
