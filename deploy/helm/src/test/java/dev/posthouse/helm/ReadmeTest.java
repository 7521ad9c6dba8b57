package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's tables have the values that there are. */
final class ReadmeTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z.]+)` \\|.*\\|$");
    private static final Set<String> NOT_DESCENDED = Set.of("services");

    @Test
    void listsTheValues() throws IOException {
        JsonNode values = Chart.read(Chart.DIRECTORY.resolve("values.yaml"));
        List<String> expected = new ArrayList<>();
        values.properties().stream()
                .filter(value -> !NOT_DESCENDED.contains(value.getKey()))
                .forEach(value -> {
                    if (value.getValue().isObject()) {
                        value.getValue()
                                .fieldNames()
                                .forEachRemaining(
                                        name -> expected.add(value.getKey() + "." + name));
                    } else {
                        expected.add(value.getKey());
                    }
                });

        assertThat(rows("## Values", "A block under")).containsExactlyElementsOf(expected);
    }

    @Test
    void listsWhatABlockMaySay() throws IOException {
        JsonNode schema =
                new ObjectMapper().readTree(Chart.DIRECTORY.resolve("values.schema.json").toFile());
        List<String> expected = new ArrayList<>();
        schema.at("/$defs/service/properties").fieldNames().forEachRemaining(expected::add);
        schema.at("/$defs/common/properties").fieldNames().forEachRemaining(expected::remove);
        expected.add("settings");

        assertThat(rows("A block under", "A new service"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> rows(String from, String to) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String part = readme.substring(readme.indexOf(from), readme.indexOf(to));
        return ROW.matcher(part).results().map((MatchResult row) -> row.group(1)).toList();
    }
}
