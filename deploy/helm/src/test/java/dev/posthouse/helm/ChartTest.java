package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every values file: linted, rendered, and each document held against its kind. */
final class ChartTest {

    static final List<String> VALUES_FILES =
            List.of("values.yaml", "values-minimal.yaml", "values-production.yaml");

    static Stream<String> valuesFiles() {
        return VALUES_FILES.stream();
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    void lintsStrictly(String file) {
        LintResult result = Chart.with(file).lint();

        assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    void everyDocumentIsWhatItsKindMustBe(String file) {
        Manifests manifests = Chart.with(file).render();

        assertThat(manifests.all()).hasSizeGreaterThanOrEqualTo(15);
        manifests.all().forEach(KubernetesModel::check);
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    void everyDocumentHasANameOfItsOwnInTheNamespace(String file) {
        Manifests manifests = Chart.with(file).render();

        assertThat(manifests.all())
                .allSatisfy(document ->
                        assertThat(document.at("/metadata/namespace").asText())
                                .isEqualTo(Chart.NAMESPACE))
                .extracting(document -> document.path("kind") + Manifests.name(document))
                .doesNotHaveDuplicates();
    }

    @Test
    void theProductionFileHasWhatItPromises() {
        Manifests production = Chart.with("values-production.yaml").render();

        assertThat(production.of("PodDisruptionBudget"))
                .hasSize(5)
                .allMatch(budget -> budget.at("/spec/minAvailable").asInt() == 1);
        assertThat(production.of("NetworkPolicy")).hasSize(5);
        assertThat(production.of("Certificate")).hasSize(5);
        assertThat(production.of("PrometheusRule")).hasSize(1);
        assertThat(production.of("PodMonitor")).hasSize(1);
        assertThat(production.the("Deployment", "proxy").at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(production.the("Deployment", "ca").at("/spec").has("replicas")).isFalse();
        assertThat(production.the("HorizontalPodAutoscaler", "ca").at("/spec/minReplicas").asInt())
                .isEqualTo(2);
    }

    /** Nobody can guess the name that other hosts are to know it by. */
    @Test
    void theYmpHostAndTheRelayAreNoPartOfAReleaseThatDoesNotNameThem() {
        assertThat(Chart.standard().render().of("Deployment").map(Manifests::name))
                .doesNotContain("posthouse-ymp", "posthouse-relay");
    }

    /** Somebody exchanges messages and certifies no device. */
    @ParameterizedTest
    @CsvSource({"ymp, relay", "relay, ymp"})
    void theYmpHostAndTheRelayCanBeReleasesOfTheirOwn(String one, String other) {
        Manifests alone =
                Chart.with("values-minimal.yaml")
                        .saying(
                                """
                                repositoryUrl: ""
                                services:
                                  proxy: {enabled: false}
                                  ca: {enabled: false}
                                  repository: {enabled: false}
                                  %s: {enabled: false}
                                """
                                        .formatted(other))
                        .render();

        assertThat(alone.of("Deployment").map(Manifests::name)).containsExactly("posthouse-" + one);
    }

    @Test
    void installsTheVersionOfItsBuild() throws IOException {
        String version =
                Chart.read(Chart.DIRECTORY.resolve("Chart.yaml")).path("appVersion").asText();

        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + version + "</version>");
    }

    @Test
    void oneReplicaHasNoBudgetThatWouldHoldUpADrain() {
        assertThat(Chart.standard().render().of("PodDisruptionBudget")).isEmpty();
    }

    /** That the check can fail. */
    @ParameterizedTest
    @ValueSource(strings = {"/spec/template/spec/containers/0", "/spec/template/spec", "/spec"})
    void anUnknownFieldIsFound(String where) {
        JsonNode deployment = Chart.standard().render().the("Deployment", "ca");
        ((ObjectNode) deployment.at(where)).put("replica", 2);

        assertThatThrownBy(() -> KubernetesModel.check(deployment))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("replica");
    }

    /** That the check can fail. */
    @Test
    void aWrongTypeIsFound() {
        JsonNode deployment = Chart.standard().render().the("Deployment", "ca");
        ((ObjectNode) deployment.at("/spec")).put("revisionHistoryLimit", "three");

        assertThatThrownBy(() -> KubernetesModel.check(deployment))
                .isInstanceOf(AssertionError.class);
    }

    /** That the check can fail. */
    @Test
    void aFaultInACustomResourceIsFound() {
        JsonNode certificate =
                Chart.with("values-production.yaml").render().the("Certificate", "ca-identity");
        ((ObjectNode) certificate.at("/spec")).remove("secretName");
        ((ObjectNode) certificate.at("/spec")).put("uri", "spiffe://posthouse.local/ca-service");

        assertThatThrownBy(() -> KubernetesModel.check(certificate))
                .hasMessageContaining(".spec.secretName is missing")
                .hasMessageContaining(".spec.uri is unknown");
    }
}
