package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one Containerfile, as far as its text can be held against what it speaks of. */
final class ContainerfileTest {

    private static final Path HOME = Path.of("../..");
    private static final Pattern QUOTED = Pattern.compile("\"(-[^\"]+)\"");

    private List<String> lines;

    @BeforeEach
    void read() throws IOException {
        lines = Files.readAllLines(HOME.resolve("deploy/Containerfile"));
    }

    @Test
    void startsTheServiceWithTheChartsArguments() throws IOException {
        JsonNode arguments =
                Manifests.container(Chart.standard().render().the("Deployment", "ca")).path("args");

        assertThat(new ObjectMapper().readTree(word("CMD"))).isEqualTo(arguments);
        assertThat(word("ENTRYPOINT")).isEqualTo("[\"java\"]");
    }

    @Test
    void theLauncherHasTheSameFlags() throws IOException {
        String launcher =
                Files.readString(
                        HOME.resolve(
                                "deploy/local/src/main/java/dev/posthouse/local/suite/ServiceProcess.java"));
        int begin = launcher.indexOf(" JVM =");
        String flags = launcher.substring(begin, launcher.indexOf(';', begin));

        assertThat(quoted(word("CMD")).filter(flag -> !flag.equals("-jar")))
                .containsExactlyElementsOf(quoted(flags).toList());
    }

    @Test
    void isNoRootAndTheUserOfTheChart() {
        JsonNode pod = Manifests.pod(Chart.standard().render().the("Deployment", "ca"));

        assertThat(word("USER"))
                .isEqualTo(
                        "%d:%d",
                        pod.at("/securityContext/runAsUser").asInt(),
                        pod.at("/securityContext/runAsGroup").asInt());
    }

    @Test
    void settingsAreReadBesideTheApplication() {
        JsonNode container = Manifests.container(Chart.standard().render().the("Deployment", "ca"));

        assertThat(container.at("/volumeMounts/0/mountPath").asText())
                .isEqualTo(word("WORKDIR") + "/config");
    }

    /** What Quarkus lays out; {@code deploy/e2e} looks whether it is there once it is packaged. */
    @Test
    void copiesTheWholeApplication() {
        List<String> copied = new ArrayList<>();
        lines.stream()
                .filter(line -> line.startsWith("COPY "))
                .flatMap(line -> Stream.of(line.split(" ")))
                .filter(word -> word.startsWith("${SERVICE}/target/quarkus-app/"))
                .map(word -> word.replace("${SERVICE}/target/quarkus-app/", ""))
                .forEach(copied::add);

        assertThat(copied)
                .containsExactlyInAnyOrder(
                        "lib/",
                        "quarkus/",
                        "app/",
                        "quarkus-app-dependencies.txt",
                        "quarkus-run.jar");
    }

    private String word(String instruction) {
        return lines.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static Stream<String> quoted(String text) {
        Matcher matcher = QUOTED.matcher(text);
        return matcher.results().map(result -> result.group(1));
    }
}
