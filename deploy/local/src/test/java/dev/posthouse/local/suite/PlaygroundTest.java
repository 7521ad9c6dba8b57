package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaygroundTest {

    @TempDir private Path directory;

    @Test
    void givesAllThreeTheSameIdeaOfAccessUrls() {
        String url = "https://certificates.example";
        Playground playground = playground("repository.public-url=" + url);

        assertThat(of(playground, Service.PROXY)).containsEntry("proxy.repository-url", url);
        assertThat(of(playground, Service.CA))
                .containsEntry("ca.repository-url", url)
                .containsEntry("ca.repository-internal-url", "https://localhost:8443");
        assertThat(of(playground, Service.REPOSITORY)).containsEntry("repository.public-url", url);
    }

    @Test
    void followsAMovedPort() {
        Playground playground = playground("repository.port=9000", "postgres.port=9001");

        assertThat(of(playground, Service.PROXY))
                .containsEntry("proxy.repository-url", "https://localhost:9000")
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://127.0.0.1:9001/posthouse_proxy");
    }

    @Test
    void letsTheUserHaveTheLastWord() {
        Playground playground =
                playground("proxy.wan-address=198.51.100.1", "proxy.limits.open-sessions=5");

        assertThat(of(playground, Service.PROXY))
                .containsEntry("proxy.wan-address", "198.51.100.1")
                .containsEntry("proxy.limits.open-sessions", "5")
                .containsEntry("proxy.limits.admission", "0");
    }

    @Test
    void listensOnLoopbackOnly() {
        for (Service service : Service.values()) {
            assertThat(of(playground(), service))
                    .containsEntry("quarkus.http.host", "127.0.0.1")
                    .containsEntry("quarkus.management.host", "127.0.0.1");
        }
    }

    @Test
    void givesASecondPartyItsOwnDatabaseAndSettings() {
        Playground playground =
                playground(
                        "instance.west=repository",
                        "replicas.west=2",
                        "west.hold=3s",
                        "west.quarkus.log.level=DEBUG",
                        "repository.hold=1s");
        Map<String, String> west = playground.of(new Instance("west", Service.REPOSITORY, 2), 1, 2);

        assertThat(west)
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://127.0.0.1:15432/posthouse_west")
                .containsEntry("repository.hold", "3s")
                .containsEntry("quarkus.log.level", "DEBUG")
                .containsEntry("repository.public-url", "https://localhost:8543");
        assertThat(of(playground, Service.REPOSITORY))
                .containsEntry("repository.hold", "1s")
                .containsEntry("repository.public-url", "https://localhost:8443")
                .doesNotContainKey("quarkus.log.level");
    }

    @Test
    void letsYmpHostsCallEachOther() {
        Playground playground =
                playground(
                        "instance.west=ymp",
                        "replicas.west=2",
                        "instance.east=ymp",
                        "east.host=east.example");

        assertThat(of(playground, Service.YMP))
                .containsEntry("ymp.host", "localhost:8447")
                .containsEntry("ymp.trust-anchors", "/pki/services-ca.crt")
                .containsEntry("ymp.held-token-key", "/pki/held-token.key")
                .containsEntry("ymp.allow-private", "localhost:8447,localhost:8547,east.example");
        assertThat(playground.of(new Instance("west", Service.YMP, 2), 8647, 9647))
                .containsEntry("ymp.host", "localhost:8547")
                .containsEntry("ymp.accepted-authorities", "localhost:8647")
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://127.0.0.1:15432/posthouse_west");
    }

    @Test
    void tellsRelaysWhereTheOthersAre() {
        Playground playground =
                playground("instance.north=relay", "north.internet-address=north.example");

        assertThat(of(playground, Service.RELAY))
                .containsEntry("relay.internet-address", "relay.posthouse.example")
                .containsEntry("relay.trust-anchors", "/pki/services-ca.crt")
                .containsEntry("relay.secrets-key", "/pki/relay-secrets.key")
                .containsEntry("relay.routes.\"north.example\"", "https://localhost:8544/");
        assertThat(playground.of(new Instance("north", Service.RELAY, 1), 8544, 9544))
                .containsEntry("relay.internet-address", "north.example")
                .containsEntry(
                        "relay.routes.\"relay.posthouse.example\"", "https://localhost:8444/")
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://127.0.0.1:15432/posthouse_north");
    }

    @Test
    void comesToSomebodyElsesServersAsThatUser() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "s${e}cret\n");
        Playground playground =
                playground(
                        "postgres.url=jdbc:postgresql://db.example/?sslmode=require",
                        "postgres.username=posthouse",
                        "postgres.password-file=" + password,
                        "kafka.bootstrap-servers=k1.example:9092,k2.example:9092");

        assertThat(of(playground, Service.CA))
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://db.example:5432/posthouse_ca?sslmode=require")
                .containsEntry("quarkus.datasource.username", "posthouse")
                .containsEntry("quarkus.datasource.password", "s\\${e}cret")
                .containsEntry("kafka.bootstrap.servers", "k1.example:9092,k2.example:9092");
    }

    private static Playground playground(String... words) {
        Settings settings = Settings.parse(List.of(words));
        return new Playground(
                new DevelopmentPki(Path.of("/pki")), Ports.standard(settings), settings);
    }

    private static Map<String, String> of(Playground playground, Service service) {
        return playground.of(Instance.of(service), 1, 2);
    }
}
