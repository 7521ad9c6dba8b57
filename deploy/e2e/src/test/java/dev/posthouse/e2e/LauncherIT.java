package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newcomer's commands, as processes, on what is packaged. */
final class LauncherIT {

    private static final Path HOME =
            Path.of(System.getProperty("posthouse.home")).toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;

    @Test
    void demoDoesTheWholeFlowAndLeavesNothingRunning() {
        Command.Result demo = posthouse("demo");

        assertThat(demo.output())
                .contains("certificate.collected")
                .contains("{\"text\":\"I am.\"}")
                .containsPattern("parcels/inbox/.* id greeting-1 ")
                .contains("200 ")
                .doesNotContain("Exception");
        assertThat(demo.exit()).isZero();
        assertThat(processesOf("posthouse-demo-")).isEmpty();
    }

    /** The demo starts and stops the same; the launcher's own tests do it with dummies. */
    @Tag("soak")
    @Test
    void upStaysUntilDown() throws Exception {
        String state = directory.resolve("state").toString();
        try {
            Command.Result up = posthouse(arguments("up", "--detach", "--state", state));
            assertThat(up.exit()).as(up.output()).isZero();

            JsonNode status = status(state);
            for (String service : List.of("proxy", "ca", "repository", "ymp", "relay")) {
                JsonNode one = status.path("services").path(service);
                assertThat(one.path("url").asText()).matches("https://[^/]+");
                assertThat(one.path("management_url").asText()).matches("http://[^/]+");
                assertThat(one.path("health").asText())
                        .as(() -> posthouse("logs", service, "-n", "30", "--state", state).output())
                        .isEqualTo("UP");
                assertThat(one.path("pid").asLong()).isPositive();
                assertThat(Path.of(one.path("log").asText())).isAbsolute().exists();
            }
            for (String file :
                    List.of(
                            "/trust_anchor",
                            "/device_root",
                            "/operator/cert",
                            "/operator/key",
                            "/application/cert")) {
                assertThat(Path.of(status.at(file).asText())).isAbsolute().exists();
            }
            assertThat(request(status).exit()).isZero();
            assertThat(Files.readString(directory.resolve("device.crt")))
                    .startsWith("-----BEGIN CERTIFICATE-----");
            assertThat(posthouse("up", "--detach", "--state", state).exit())
                    .as("a second up")
                    .isNotZero();
        } finally {
            assertThat(posthouse("down", "--state", state).exit()).isZero();
        }
        assertThat(processesOf(state)).isEmpty();
    }

    /**
     * Two replicas, a second repository, somebody else's PostgreSQL; kept through a restart. The
     * launcher's own tests start and stop the same with services that do nothing.
     */
    @Tag("soak")
    @Test
    void upTakesReplicasPartiesAndAServerThatIsThere() throws Exception {
        String state = directory.resolve("state").toString();
        int port = Loopback.freePort();
        Process server = startPostgres(port);
        Path config =
                Files.writeString(
                        directory.resolve("suite.properties"),
                        """
                        postgres.url=%s
                        replicas.ca=2
                        instance.west=repository
                        """
                                .formatted("jdbc:postgresql://127.0.0.1:" + port + "/"));
        String[] up =
                withPorts(
                        List.of("up", "--detach", "--state", state, "--config", config.toString()),
                        "ca-2.port",
                        "ca-2.management-port",
                        "west.port",
                        "west.management-port",
                        "kafka.port");
        try {
            Command.Result started = posthouse(up);
            assertThat(started.exit()).as(started.output()).isZero();
            JsonNode services = status(state).path("services");
            assertThat(services.properties().stream().map(Map.Entry::getKey))
                    .containsExactly("proxy", "ca", "ca-2", "repository", "west", "ymp", "relay");
            assertThat(services)
                    .allSatisfy(one -> assertThat(one.path("health").asText()).isEqualTo("UP"));
            assertThat(request(status(state)).exit()).isZero();
            assertThat(posthouse("logs", "ca-2", "-n", "5", "--state", state).output().lines())
                    .hasSizeBetween(1, 5);
            assertThat(posthouse("down", "--state", state).output())
                    .contains("PostgreSQL at 127.0.0.1:", "is not ours");
            assertThat(issued(port)).isOne();

            assertThat(posthouse(up).exit()).isZero();
            assertThat(status(state).path("services").path("ca-2").path("url"))
                    .isEqualTo(services.path("ca-2").path("url"));
            assertThat(issued(port)).isOne();
        } finally {
            posthouse("down", "--state", state);
            server.destroy();
            server.waitFor();
        }
        assertThat(processesOf(state)).isEmpty();
    }

    /** In a process of its own, as the launcher runs its own one. */
    private Process startPostgres(int port) throws Exception {
        Path ready = directory.resolve("server.ready");
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                HOME.resolve("deploy/local/target/posthouse-local.jar").toString(),
                                "dev.posthouse.local.suite.Infrastructure",
                                directory.resolve("server").toString(),
                                ready.toString(),
                                "postgres=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("server.log").toFile())
                        .start();
        for (int i = 0; Files.notExists(ready) && server.isAlive() && i < 600; i++) {
            Thread.sleep(100);
        }
        assertThat(directory.resolve("server.log")).as("PostgreSQL is ready").isEmptyFile();
        assertThat(ready).exists();
        return server;
    }

    private static long issued(int port) throws SQLException {
        try (Connection connection =
                        TestPostgres.connect(
                                "jdbc:postgresql://127.0.0.1:"
                                        + port
                                        + "/posthouse_ca?user=postgres");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select count(*) from certificate where state = 'ISSUED'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private JsonNode status(String state) throws JsonProcessingException {
        return JSON.readTree(posthouse("status", "--json", "--state", state).output());
    }

    private Command.Result request(JsonNode status) {
        return posthouse(
                "cert",
                "request",
                "--proxy",
                status.at("/services/proxy/url").asText(),
                "--trust-anchor",
                status.at("/trust_anchor").asText(),
                "--device-root",
                status.at("/device_root").asText(),
                "--address",
                "127.0.0.1",
                "--out-key",
                directory.resolve("device.key").toString(),
                "--out-cert",
                directory.resolve("device.crt").toString());
    }

    /** With free ports for everything. */
    private static String[] arguments(String... first) {
        return withPorts(List.of(first), "postgres.port", "kafka.port");
    }

    /** With free ports for one of each service, and for these. */
    private static String[] withPorts(List<String> first, String... further) {
        List<String> all = new ArrayList<>(first);
        Stream.concat(
                        Stream.of("proxy", "ca", "repository", "ymp", "relay")
                                .flatMap(one -> Stream.of(one + ".port", one + ".management-port")),
                        Stream.of(further))
                .forEach(port -> all.addAll(List.of("--set", port + "=" + Loopback.freePort())));
        return all.toArray(new String[0]);
    }

    private Command.Result posthouse(String... arguments) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dposthouse.home=" + HOME,
                                "-cp",
                                HOME.resolve("deploy/local/target/posthouse-local.jar")
                                        + ":"
                                        + HOME.resolve("deploy/local/target/lib")
                                        + "/*",
                                "dev.posthouse.local.Launcher"));
        words.addAll(List.of(arguments));
        return Command.run(directory, words);
    }

    private static List<String> processesOf(String word) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(word) && !line.contains("surefire"))
                .toList();
    }
}
