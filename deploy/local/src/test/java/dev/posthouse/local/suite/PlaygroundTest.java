package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlaygroundTest {

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

    private static Playground playground(String... words) {
        Settings settings = Settings.parse(List.of(words));
        return new Playground(
                new DevelopmentPki(Path.of("/pki")), Ports.standard(settings), settings);
    }

    private static Map<String, String> of(Playground playground, Service service) {
        return playground.of(service, 1, 2);
    }
}
