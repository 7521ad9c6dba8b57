package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
                .contains("200 ")
                .doesNotContain("Exception");
        assertThat(demo.exit()).isZero();
        assertThat(processesOf("posthouse-demo-")).isEmpty();
    }

    @Test
    void upStaysUntilDown() throws Exception {
        String state = directory.resolve("state").toString();
        try {
            Command.Result up = posthouse(arguments("up", "--detach", "--state", state));
            assertThat(up.exit()).as(up.output()).isZero();

            JsonNode status =
                    JSON.readTree(posthouse("status", "--json", "--state", state).output());
            for (String service : List.of("proxy", "ca", "repository")) {
                JsonNode one = status.path("services").path(service);
                assertThat(one.path("url").asText()).matches("https://[^/]+");
                assertThat(one.path("management_url").asText()).matches("http://[^/]+");
                assertThat(one.path("health").asText()).isEqualTo("UP");
                assertThat(one.path("pid").asLong()).isPositive();
                assertThat(Path.of(one.path("log").asText())).isAbsolute().exists();
            }
            for (String file :
                    List.of("/trust_anchor", "/device_root", "/operator/cert", "/operator/key")) {
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
        List<String> all = new ArrayList<>(List.of(first));
        Stream.of(
                        "proxy.port",
                        "proxy.management-port",
                        "ca.port",
                        "ca.management-port",
                        "repository.port",
                        "repository.management-port",
                        "postgres.port",
                        "kafka.port")
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
