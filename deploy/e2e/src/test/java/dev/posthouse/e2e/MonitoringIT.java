package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.CsrMaker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart's alerts and dashboard read what the running services show, and nothing else. */
final class MonitoringIT {

    private static final Path HOME = Path.of(System.getProperty("posthouse.home"));
    private static final Path FILES = HOME.resolve("deploy/helm/posthouse/files");

    /** Given to every series by Prometheus, as the chart's PodMonitor asks. */
    private static final Set<String> TARGET = Set.of("job", "service", "namespace", "pod");

    /** Of Prometheus itself and of kube-state-metrics, with their labels. */
    private static final Map<String, Set<String>> OF_OTHERS =
            Map.of("up", Set.of(), "kube_pod_status_ready", Set.of("condition"));

    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final Pattern ANNOTATED = Pattern.compile("\\$labels\\.(\\w+)");

    private static final ExposedMetrics EXPOSED = new ExposedMetrics();
    private static final List<String> DOCUMENTED = new ArrayList<>();

    /**
     * A certificate, messages, parcels, and a refusal of each service: every kind of figure is
     * there.
     */
    @BeforeAll
    static void lookAtTheRunningServices() throws Exception {
        Running suite = Running.suite();
        Device.Answer collected =
                suite.device()
                        .obtain(Device.session(CsrMaker.p256()), Duration.ofSeconds(60))
                        .orElseThrow();
        assertThat(collected.status()).isEqualTo(200);
        new YmpFigures(suite).appear(EXPOSED);
        new RelayFigures(suite).appear(EXPOSED);
        for (Service service : Service.values()) {
            askForNothing(suite, service);
            EXPOSED.scrape(suite.processes().service(service).managementUrl());
            read(HOME.resolve(service.module()).resolve("README.md"));
        }
        read(HOME.resolve("docs/errors.md"));
    }

    private static void askForNothing(Running suite, Service service) throws Exception {
        Tls proxy = Tls.of(suite.pki(), "proxy-service");
        try (HttpClient client = HttpClient.newBuilder().sslContext(proxy.context()).build()) {
            client.send(
                    HttpRequest.newBuilder(suite.url(service).resolve("/nothing")).build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    private static void read(Path document) throws IOException {
        WORD.matcher(Files.readString(document)).results().forEach(w -> DOCUMENTED.add(w.group(1)));
    }

    @Test
    void everyAlertReadsWhatIsExposed() throws IOException {
        JsonNode alerts = new YAMLMapper().readTree(FILES.resolve("alerts.yaml").toFile());
        List<String> faults = new ArrayList<>();
        int rules = 0;
        for (JsonNode group : alerts.path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                rules++;
                String name = rule.path("alert").asText();
                PromQl expression = check(name, rule.path("expr").asText(), faults);
                checkAnnotations(name, expression, rule.path("annotations").toString(), faults);
            }
        }

        assertThat(faults).isEmpty();
        assertThat(rules).isGreaterThan(10);
    }

    @Test
    void everyPanelReadsWhatIsExposed() throws IOException {
        JsonNode dashboard = new YAMLMapper().readTree(FILES.resolve("dashboard.json").toFile());
        List<String> faults = new ArrayList<>();
        int expressions = 0;
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions++;
                check(panel.path("title").asText(), target.path("expr").asText(), faults);
            }
        }
        Matcher variable =
                Pattern.compile("label_values\\((\\w+), (\\w+)\\)").matcher(dashboard.toString());

        assertThat(faults).isEmpty();
        assertThat(expressions).isGreaterThan(20);
        assertThat(variable.results())
                .isNotEmpty()
                .allSatisfy(of -> {
                    assertThat(EXPOSED.has(of.group(1))).isTrue();
                    assertThat(TARGET).contains(of.group(2));
                });
    }

    /** That the check can fail. */
    @Test
    void aWrongNameIsFound() {
        List<String> faults = new ArrayList<>();
        check("metric", "rate(posthouse_csr_accepted[5m])", faults);
        check("label", "sum(posthouse_refusals_total{reason=\"x\"})", faults);
        check("value", "posthouse_refusals_total{code=~\"internal|interrnal\"}", faults);
        check("group", "sum by (cod) (posthouse_refusals_total)", faults);
        check("syntax", "sum(rate(posthouse_refusals_total[5m])", faults);
        check("function", "rat(posthouse_refusals_total[5m])", faults);

        assertThat(faults)
                .extracting(fault -> fault.substring(0, fault.indexOf(':')))
                .containsExactly("metric", "label", "value", "group", "syntax", "function");
    }

    private static PromQl check(String subject, String expression, List<String> faults) {
        PromQl parsed;
        try {
            parsed = PromQl.parse(expression);
        } catch (IllegalArgumentException unreadable) {
            faults.add(subject + ": unexpected " + unreadable.getMessage());
            return PromQl.parse("0");
        }
        for (PromQl.Selector selector : parsed.selectors()) {
            String metric = selector.metric();
            if (!EXPOSED.has(metric) && !OF_OTHERS.containsKey(metric)) {
                faults.add(subject + ": nobody exposes " + metric);
                continue;
            }
            selector.matchers().forEach(matcher -> checkMatcher(subject, metric, matcher, faults));
        }
        parsed.groupings().stream()
                .filter(label -> parsed.selectors().stream().noneMatch(s -> has(s.metric(), label)))
                .forEach(label -> faults.add(subject + ": nothing there has the label " + label));
        return parsed;
    }

    private static void checkMatcher(
            String subject, String metric, PromQl.LabelMatcher matcher, List<String> faults) {
        if (!has(metric, matcher.label())) {
            faults.add(subject + ": " + metric + " has no label " + matcher.label());
        } else if (EXPOSED.has(metric, matcher.label())) {
            for (String value : matcher.value().replace("\\\\.", ".").split("\\|", -1)) {
                if (!EXPOSED.has(metric, matcher.label(), value) && !DOCUMENTED.contains(value)) {
                    faults.add(subject + ": " + matcher.label() + " is never " + value);
                }
            }
        }
    }

    private static boolean has(String metric, String label) {
        return TARGET.contains(label)
                || EXPOSED.has(metric, label)
                || OF_OTHERS.getOrDefault(metric, Set.of()).contains(label);
    }

    /** An aggregation leaves the labels it names, and no other. */
    private static void checkAnnotations(
            String subject, PromQl expression, String annotations, List<String> faults) {
        Set<String> left = expression.groupings().isEmpty() ? TARGET : expression.groupings();
        ANNOTATED
                .matcher(annotations)
                .results()
                .map(result -> result.group(1))
                .filter(label -> !left.contains(label))
                .forEach(label -> faults.add(subject + ": no label is left for $labels." + label));
    }
}
