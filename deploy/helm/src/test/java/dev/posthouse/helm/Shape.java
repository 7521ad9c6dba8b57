package dev.posthouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The fields that a custom resource may have, as far as the chart writes it: a small stand-in for
 * the definition that its operator installs. A field's name ends with {@code !} where it must be
 * there; a field is a word that names a type, a map of fields, or a list with the shape of its
 * entries.
 *
 * @param root the fields of the whole document
 */
record Shape(JsonNode root) {

    private static final Path SHAPES = Path.of("src/test/resources/shapes");

    static Shape of(String kind) {
        Path file =
                SHAPES.resolve(
                        kind.substring(kind.indexOf(' ') + 1).toLowerCase(Locale.ROOT) + ".yaml");
        if (!Files.exists(file)) {
            throw new AssertionError("no model and no shape for " + kind);
        }
        return new Shape(Chart.read(file));
    }

    List<String> faults(JsonNode document) {
        List<String> faults = new ArrayList<>();
        check("", root, document, faults);
        return faults;
    }

    private static void check(String path, JsonNode shape, JsonNode value, List<String> faults) {
        if (shape.isTextual()) {
            if (!isOfType(shape.asText(), value)) {
                faults.add(path + " is no " + shape.asText() + ": " + value);
            }
        } else if (shape.isArray()) {
            if (!value.isArray() || value.isEmpty()) {
                faults.add(path + " is no list, or an empty one");
            }
            value.forEach(entry -> check(path + "[]", shape.get(0), entry, faults));
        } else if (value.isObject()) {
            checkFields(path, shape, value, faults);
        } else {
            faults.add(path + " is no object: " + value);
        }
    }

    private static void checkFields(
            String path, JsonNode shape, JsonNode value, List<String> faults) {
        TreeSet<String> unknown = new TreeSet<>();
        value.fieldNames().forEachRemaining(unknown::add);
        shape.properties()
                .forEach(field -> {
                    String name = field.getKey().replace("!", "");
                    unknown.remove(name);
                    if (value.has(name)) {
                        check(path + "." + name, field.getValue(), value.get(name), faults);
                    } else if (field.getKey().endsWith("!")) {
                        faults.add(path + "." + name + " is missing");
                    }
                });
        unknown.forEach(name -> faults.add(path + "." + name + " is unknown"));
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "text" -> value.isTextual() && !value.asText().isBlank();
            case "number" -> value.isIntegralNumber();
            case "duration" -> value.asText().matches("([0-9]+(h|m|s))+");
            case "words" -> {
                boolean words = value.isObject();
                for (JsonNode word : value) {
                    words &= word.isTextual();
                }
                yield words;
            }
            default -> value.isTextual() && type.matches(".*\\b" + value.asText() + "\\b.*");
        };
    }
}
