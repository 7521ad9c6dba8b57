package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Alert rules and dashboard, as files. Their expressions are held against the running services'
 * metrics in {@code deploy/e2e}.
 */
final class MonitoringFilesTest {

    private final Manifests production = Chart.with("values-production.yaml").render();

    @Test
    void everyAlertHasANameOfItsOwnAndSaysWhatToDo() {
        JsonNode rule = production.the("PrometheusRule", "").at("/spec");
        List<String> names = rule.findValuesAsText("alert");

        assertThat(names)
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("Posthouse[A-Z][A-Za-z]+"));
    }

    /** What is counted no further than a limit stays there, however much more comes. */
    @ParameterizedTest
    @CsvSource({
        "PosthouseMessagesDead, posthouse_ymp_outbox_died_total",
        "PosthouseParcelsDead, posthouse_relay_outbound_died_total"
    })
    void theAlertsOnDeadLettersAreByWhatOnlyGrows(String alert, String metric) {
        JsonNode rules = Chart.read(Chart.DIRECTORY.resolve("files/alerts.yaml"));
        String dead =
                rules.findParents("alert").stream()
                        .filter(rule -> rule.path("alert").asText().equals(alert))
                        .map(rule -> rule.path("expr").asText())
                        .findAny()
                        .orElseThrow();

        assertThat(dead).contains("increase(" + metric + "[");
    }

    @Test
    void theRuleIsTheFile() {
        assertThat(production.the("PrometheusRule", "").at("/spec"))
                .isEqualTo(Chart.read(Chart.DIRECTORY.resolve("files/alerts.yaml")));
    }

    @Test
    void theDashboardIsOneThatGrafanaReads() throws IOException {
        JsonNode config = production.the("ConfigMap", "dashboard");
        JsonNode dashboard =
                new ObjectMapper().readTree(config.at("/data").path("posthouse.json").asText());

        assertThat(config.at("/metadata/labels").path("grafana_dashboard").asText()).isEqualTo("1");
        assertThat(dashboard.path("uid").asText()).isEqualTo("posthouse");
        assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
        for (JsonNode panel : dashboard.path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
            }
        }
    }

    @Test
    void thePodMonitorNamesTheServicesAsTheExpressionsDo() {
        JsonNode endpoint = production.the("PodMonitor", "").at("/spec/podMetricsEndpoints/0");

        assertThat(endpoint.path("path").asText()).isEqualTo("/q/metrics");
        assertThat(endpoint.path("port").asText()).isEqualTo("management");
        assertThat(endpoint.path("relabelings").findValuesAsText("targetLabel"))
                .containsExactly("job", "service");
    }
}
