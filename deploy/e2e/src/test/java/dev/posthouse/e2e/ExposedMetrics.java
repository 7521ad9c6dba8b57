package dev.posthouse.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /q/metrics} shows: the labels of each metric, and their values.
 *
 * @param labels by metric and name
 */
record ExposedMetrics(Map<String, Map<String, Set<String>>> labels) {

    private static final Pattern SAMPLE =
            Pattern.compile("([A-Za-z_:][\\w:]*)(?:\\{(.*)})? [^ ]+.*");
    private static final Pattern LABEL =
            Pattern.compile("([A-Za-z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    ExposedMetrics() {
        this(new TreeMap<>());
    }

    void scrape(URI management) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                            HttpRequest.newBuilder(management.resolve("/q/metrics")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(this::add);
        }
    }

    private void add(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Map<String, Set<String>> known =
                labels.computeIfAbsent(sample.group(1), metric -> new TreeMap<>());
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2))
                    .results()
                    .forEach(label ->
                            known.computeIfAbsent(label.group(1), name -> new HashSet<>())
                                    .add(label.group(2)));
        }
    }

    boolean has(String metric) {
        return labels.containsKey(metric);
    }

    boolean has(String metric, String label) {
        return labels.getOrDefault(metric, Map.of()).containsKey(label);
    }

    boolean has(String metric, String label, String value) {
        return labels.getOrDefault(metric, Map.of()).getOrDefault(label, Set.of()).contains(value);
    }
}
