package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Containerfile copies is there once a service is packaged, and nothing is forgotten. */
final class ImageFilesIT {

    private static final Path HOME = Path.of(System.getProperty("posthouse.home"));
    private static final String ARGUMENT = "${SERVICE}/";

    @ParameterizedTest
    @EnumSource
    void areThoseOfThePackagedService(Service service) throws IOException {
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
}
