package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every Deployment has, whatever the values. */
final class WorkloadTest {

    static Stream<Arguments> deployments() {
        return ChartTest.valuesFiles()
                .flatMap(file -> {
                    Manifests manifests = Chart.with(file).render();
                    return services(file).map(service -> Arguments.of(file, service, manifests));
                });
    }

    /** Those that a values file makes part of a release. */
    static Stream<String> services(String file) {
        Stream<String> all = Stream.of("proxy", "ca", "repository", "ymp", "relay");
        return file.equals("values.yaml") ? all.limit(3) : all;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deployments")
    void everySelectorFindsThePods(String file, String service, Manifests manifests) {
        JsonNode deployment = manifests.the("Deployment", service);
        JsonNode labels = deployment.at("/spec/template/metadata/labels");

        assertThat(deployment.at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(manifests.the("Service", service).at("/spec/selector")).isEqualTo(labels);
        assertThat(manifests.the("NetworkPolicy", service).at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
        for (JsonNode spread : Manifests.pod(deployment).path("topologySpreadConstraints")) {
            assertThat(spread.at("/labelSelector/matchLabels")).isEqualTo(labels);
        }
        manifests
                .of("PodDisruptionBudget")
                .filter(budget -> Manifests.name(budget).equals(Manifests.name(deployment)))
                .forEach(budget ->
                        assertThat(budget.at("/spec/selector/matchLabels")).isEqualTo(labels));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deployments")
    void probesAskTheManagementPort(String file, String service, Manifests manifests) {
        JsonNode container = Manifests.container(manifests.the("Deployment", service));

        assertProbe(container, "startupProbe", "/q/health/started");
        assertProbe(container, "livenessProbe", "/q/health/live");
        assertProbe(container, "readinessProbe", "/q/health/ready");
        assertThat(port(container, "https"))
                .isEqualTo(manifests.settings(service).get("quarkus.http.ssl-port"));
        assertThat(port(container, "management"))
                .isEqualTo(manifests.settings(service).get("quarkus.management.port"));
    }

    private static void assertProbe(JsonNode container, String probe, String path) {
        JsonNode get = container.path(probe).path("httpGet");
        assertThat(get.path("path").asText()).isEqualTo(path);
        assertThat(get.path("port").asText()).isEqualTo("management");
        assertThat(get.has("scheme")).as("plain HTTP, the default").isFalse();
    }

    private static String port(JsonNode container, String name) {
        return stream(container.path("ports"))
                .filter(port -> port.path("name").asText().equals(name))
                .map(port -> port.path("containerPort").asText())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deployments")
    void theManagementPortIsInNoService(String file, String service, Manifests manifests) {
        assertThat(stream(manifests.the("Service", service).at("/spec/ports")))
                .extracting(port -> port.path("targetPort").asText())
                .containsExactly("https");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deployments")
    void isRestricted(String file, String service, Manifests manifests) {
        JsonNode pod = Manifests.pod(manifests.the("Deployment", service));
        JsonNode container = pod.at("/containers/0/securityContext");

        assertThat(pod.path("containers")).hasSize(1);
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/enableServiceLinks").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                .isEqualTo("RuntimeDefault");
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(
                        manifests
                                .the("ServiceAccount", service)
                                .path("automountServiceAccountToken")
                                .asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deployments")
    void everyFileInTheSettingsIsMounted(String file, String service, Manifests manifests) {
        JsonNode pod = Manifests.pod(manifests.the("Deployment", service));
        Set<String> directories = new TreeSet<>();
        for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
            directories.add(mount.path("mountPath").asText());
            assertThat(mount.has("subPath")).as("a subPath is never renewed").isFalse();
        }
        Set<String> projected = new TreeSet<>();
        pod.path("volumes").findValues("projected").stream()
                .flatMap(volume -> volume.findValuesAsText("path").stream())
                .forEach(projected::add);

        List<String> paths =
                manifests.settings(service).values().stream()
                        .flatMap(value -> Stream.of(value.split("[,=&]")))
                        .filter(value -> value.startsWith("/etc/posthouse/"))
                        .toList();

        assertThat(paths)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(path -> {
                    int slash = path.lastIndexOf('/');
                    assertThat(directories).contains(path.substring(0, slash));
                    if (path.startsWith("/etc/posthouse/files/")) {
                        assertThat(projected).contains(path.substring(slash + 1));
                    }
                });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deployments")
    void everyVolumeIsMountedAndEveryMountHasAVolume(
            String file, String service, Manifests manifests) {
        JsonNode pod = Manifests.pod(manifests.the("Deployment", service));

        assertThat(names(pod.at("/containers/0/volumeMounts")))
                .isEqualTo(names(pod.path("volumes")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deployments")
    void mayTakeAsLongAsItsDrainToEnd(String file, String service, Manifests manifests) {
        int delay = seconds(manifests.settings(service).get("quarkus.shutdown.delay"));
        int drain = seconds(manifests.settings(service).get("quarkus.shutdown.timeout"));

        assertThat(
                        Manifests.pod(manifests.the("Deployment", service))
                                .path("terminationGracePeriodSeconds")
                                .asInt())
                .isGreaterThan(delay + drain);
    }

    /** As the launcher has it. */
    @Test
    void theRelayHasALargerHeapAndBothCompilersAndIsOtherwiseStartedLikeAll() {
        Manifests manifests = Chart.with("values-minimal.yaml").render();
        String arguments = arguments(manifests, "ca");

        assertThat(arguments(manifests, "relay"))
                .isNotEqualTo(arguments)
                .isEqualTo(
                        arguments
                                .replace("\"-XX:TieredStopAtLevel=1\",", "")
                                .replace(
                                        "\"-Xmx128m\"",
                                        "\"-XX:ThreadPriorityPolicy=1\",\"-XX:CompilerThreadPriority=4\","
                                                + "\"-XX:-PrintWarnings\",\"-XX:MetaspaceSize=128m\",\"-Xmx184m\""));
    }

    private static String arguments(Manifests manifests, String service) {
        return Manifests.container(manifests.the("Deployment", service)).path("args").toString();
    }

    @Test
    void whatIsEmptyOrFalseInABlockWinsOverTheDefaults() {
        Manifests manifests =
                Chart.with("values-production.yaml")
                        .saying(
                                """
                                defaults: {autoscaling: {enabled: true}}
                                services:
                                  ca: {autoscaling: {enabled: false}, replicas: 0}
                                  proxy: {topologySpread: []}
                                """)
                        .render();

        assertThat(manifests.of("HorizontalPodAutoscaler").map(Manifests::name))
                .containsExactlyInAnyOrder(
                        "posthouse-proxy",
                        "posthouse-relay",
                        "posthouse-repository",
                        "posthouse-ymp");
        assertThat(manifests.the("Deployment", "ca").at("/spec/replicas").asInt(-1)).isZero();
        assertThat(
                        Manifests.pod(manifests.the("Deployment", "proxy"))
                                .has("topologySpreadConstraints"))
                .isFalse();
    }

    @Test
    void newSettingsRestartThePods() {
        String was = checksum(Chart.standard());

        assertThat(checksum(Chart.standard())).isEqualTo(was);
        assertThat(
                        checksum(
                                Chart.standard()
                                        .saying(
                                                "services: {ca: {settings: {ca.trust-domain: posthouse.lokal}}}")))
                .isNotEqualTo(was);
    }

    private static String checksum(Chart chart) {
        return chart.render()
                .the("Deployment", "ca")
                .at("/spec/template/metadata/annotations")
                .path("checksum/config")
                .asText();
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(entry -> names.add(entry.path("name").asText()));
        return names;
    }

    private static int seconds(String duration) {
        assertThat(duration).matches("[0-9]+S");
        return Integer.parseInt(duration.replace("S", ""));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
