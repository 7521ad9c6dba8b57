package dev.posthouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The chart together with values on top of its own.
 *
 * @param values later ones win
 */
record Chart(List<JsonNode> values) {

    static final Path DIRECTORY = Path.of("posthouse").toAbsolutePath();
    static final String RELEASE = "posthouse";
    static final String NAMESPACE = "devices";

    /** The oldest that Chart.yaml allows. */
    private static final String KUBERNETES = "1.27.0";

    private static final YAMLMapper YAML = new YAMLMapper();

    /** With nothing but its own values. */
    static Chart standard() {
        return new Chart(List.of());
    }

    /** With one of the values files beside its own. */
    static Chart with(String valuesFile) {
        return standard().and(read(DIRECTORY.resolve(valuesFile)));
    }

    /** With these values on top, in YAML. */
    Chart saying(String yaml) {
        try {
            return and(YAML.readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Chart and(JsonNode more) {
        return new Chart(Stream.concat(values.stream(), Stream.of(more)).toList());
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code helm template} makes of it. */
    Manifests render() {
        try {
            TemplateCommand template =
                    new Helm(DIRECTORY)
                            .template()
                            .withName(RELEASE)
                            .withNamespace(NAMESPACE)
                            .withKubeVersion(KUBERNETES);
            List<Path> files = new ArrayList<>();
            for (JsonNode more : values) {
                files.add(Files.createTempFile("values", ".yaml"));
                YAML.writeValue(files.getLast().toFile(), more);
                template.withValuesFile(files.getLast());
            }
            try {
                return Manifests.parse(template.call());
            } finally {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What {@code helm lint --strict} says. It looks at a chart's own values alone, so it gets a
     * copy of the chart that has these values for its own.
     */
    LintResult lint() {
        try {
            Path copy = Files.createTempDirectory("chart").resolve("posthouse");
            copy(DIRECTORY, copy);
            ObjectNode merged = (ObjectNode) read(DIRECTORY.resolve("values.yaml"));
            for (JsonNode more : values) {
                YAML.readerForUpdating(merged).readValue(more);
            }
            YAML.writeValue(copy.resolve("values.yaml").toFile(), merged);
            try {
                return new Helm(copy).lint().strict().call();
            } finally {
                delete(copy.getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path source : tree(from)) {
            Files.copy(source, to.resolve(from.relativize(source).toString()));
        }
    }

    private static void delete(Path directory) throws IOException {
        for (Path path : tree(directory).reversed()) {
            Files.delete(path);
        }
    }

    private static List<Path> tree(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return Arrays.asList(paths.sorted().toArray(Path[]::new));
        }
    }
}
