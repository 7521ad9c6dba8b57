package dev.posthouse.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a chart was rendered to.
 *
 * @param all every document
 */
record Manifests(List<JsonNode> all) {

    static Manifests parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
            return new Manifests(documents.readAll().stream().filter(JsonNode::isObject).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<JsonNode> of(String kind) {
        return all.stream().filter(document -> document.path("kind").asText().equals(kind));
    }

    /** The one of this kind and of this service; of the whole release when that is empty. */
    JsonNode the(String kind, String service) {
        String name = service.isEmpty() ? Chart.RELEASE : Chart.RELEASE + "-" + service;
        List<JsonNode> found = of(kind).filter(document -> name(document).equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " documents are " + kind + " " + name);
        }
        return found.getFirst();
    }

    static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    static JsonNode pod(JsonNode deployment) {
        return deployment.at("/spec/template/spec");
    }

    static JsonNode container(JsonNode deployment) {
        return pod(deployment).at("/containers/0");
    }

    /** What is in a service's {@code config/application.properties}. */
    Map<String, String> settings(String service) {
        Properties properties = new Properties();
        try {
            properties.load(
                    new StringReader(
                            the("ConfigMap", service)
                                    .at("/data")
                                    .path("application.properties")
                                    .asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put((String) key, (String) value));
        return settings;
    }
}
