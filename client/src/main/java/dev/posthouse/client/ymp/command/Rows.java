package dev.posthouse.client.ymp.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A list of the service's, a line for each: the host first, then what else is said of it. */
final class Rows {

    private static final String HOST = "host";

    private Rows() {}

    static List<String> of(Iterable<JsonNode> list, String none) {
        List<String> lines =
                StreamSupport.stream(list.spliterator(), false).map(Rows::line).toList();
        return lines.isEmpty() ? List.of(none) : lines;
    }

    private static String line(JsonNode row) {
        String rest =
                row.properties().stream()
                        .filter(field -> !field.getKey().equals(HOST))
                        .filter(field -> says(field.getValue()))
                        .map(field -> field.getKey() + "=" + word(field))
                        .collect(Collectors.joining("  "));
        return PlainText.of(row.path(HOST).asText() + "  " + rest).stripTrailing();
    }

    private static boolean says(JsonNode value) {
        return !value.isNull() && !value.asText("").equals("false");
    }

    private static String word(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
