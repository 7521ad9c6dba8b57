package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Containerfile and the chart take for granted of a packaged service. */
final class ImageIT {

    private static final Path HOME = Path.of(System.getProperty("posthouse.home"));
    private static final String ARGUMENT = "${SERVICE}/";

    @ParameterizedTest
    @EnumSource
    void copiesEverythingThatIsPackaged(Service service) throws IOException {
        List<Path> copied =
                Files.readAllLines(HOME.resolve("deploy/Containerfile")).stream()
                        .filter(line -> line.startsWith("COPY "))
                        .flatMap(line -> Stream.of(line.split(" ")))
                        .filter(word -> word.startsWith(ARGUMENT))
                        .map(word -> word.replace(ARGUMENT, ""))
                        .map(path -> HOME.resolve(service.module()).resolve(path))
                        .toList();

        // Start-up caches are the launcher's, of this machine's JVM.
        try (Stream<Path> packaged =
                Files.list(HOME.resolve(service.module()).resolve("target/quarkus-app"))) {
            assertThat(copied)
                    .containsExactlyInAnyOrderElementsOf(
                            packaged.filter(path -> !path.toString().contains(".aot")).toList());
        }
    }

    /** The chart mounts it at {@code config} in the working directory. */
    @Test
    void settingsAreReadFromAFileInTheWorkingDirectory() throws Exception {
        Path work = Loopback.temporaryDirectory("image");
        Files.createDirectory(work.resolve("config"));
        Files.writeString(work.resolve("config/application.properties"), "proxy.mode=nowhere");
        Path application =
                HOME.toAbsolutePath().resolve("proxy-service/target/quarkus-app/quarkus-run.jar");

        Process process =
                new ProcessBuilder(JavaProcess.java().toString(), "-jar", application.toString())
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(said).contains("proxy.mode").contains("nowhere");
        Loopback.delete(work);
    }
}
