package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may talk to whom: the call graph, and nothing beside it. */
final class NetworkPolicyTest {

    private static final Map<String, List<String>> CALL_GRAPH =
            Map.of(
                    "proxy", List.of("ca"),
                    "ca", List.of("repository"),
                    "repository", List.of(),
                    "ymp", List.of(),
                    "relay", List.of());
    private static final Map<String, Integer> PORTS =
            Map.of("proxy", 8441, "ca", 8442, "repository", 8443, "ymp", 8447, "relay", 8444);
    private static final int MANAGEMENT = 1000;

    private final Manifests production = Chart.with("values-production.yaml").render();

    @Test
    void everyPodIsClosedBothWays() {
        assertThat(production.of("NetworkPolicy"))
                .hasSize(5)
                .allMatch(policy ->
                        policy.at("/spec/policyTypes")
                                .toString()
                                .equals("[\"Ingress\",\"Egress\"]"));
    }

    @Test
    void servicesAreLetInByThoseTheyAreCalledBy() {
        PORTS.forEach((called, port) ->
                CALL_GRAPH.forEach((caller, calls) ->
                        assertThat(peers(called, "ingress", "from", port))
                                .filteredOn(peer -> component(peer).equals(caller))
                                .as("%s calls %s", caller, called)
                                .hasSize(calls.contains(called) ? 1 : 0)));
    }

    @Test
    void servicesAreLetOutToThoseTheyCall() {
        CALL_GRAPH.forEach((caller, calls) ->
                PORTS.forEach((called, port) ->
                        assertThat(peers(caller, "egress", "to", port))
                                .filteredOn(peer -> component(peer).equals(called))
                                .as("%s calls %s", caller, called)
                                .hasSize(calls.contains(called) ? 1 : 0)));
    }

    @Test
    void devicesReachProxyAndRepositoryAlone() {
        assertThat(ranges(peers("proxy", "ingress", "from", 8441)))
                .containsExactly("198.51.100.0/24");
        assertThat(ranges(peers("repository", "ingress", "from", 8443)))
                .containsExactly("198.51.100.0/24");
        assertThat(ranges(peers("ca", "ingress", "from", 8442))).isEmpty();
    }

    @Test
    void strangersReachTheYmpHostFromEverywhereAndNothingElse() {
        assertThat(ranges(peers("ymp", "ingress", "from", 8447)))
                .containsExactly("0.0.0.0/0", "::/0");
        assertThat(production.the("Service", "ymp").at("/spec/ports/0/port").asInt())
                .isEqualTo(443);
    }

    @Test
    void strangersReachTheRelayFromEverywhereAndItThemNowhereInside() {
        assertThat(ranges(peers("relay", "ingress", "from", 8444)))
                .containsExactly("0.0.0.0/0", "::/0");
        assertThat(production.the("Service", "relay").at("/spec/ports/0/port").asInt())
                .isEqualTo(443);
        for (int port : new int[] {443, 8443}) {
            List<JsonNode> strangers = peers("relay", "egress", "to", port);
            assertThat(ranges(strangers)).containsExactly("0.0.0.0/0", "2000::/3");
            assertThat(strangers.getFirst().at("/ipBlock/except").toString())
                    .contains("\"10.0.0.0/8\"", "\"169.254.0.0/16\"", "\"192.168.0.0/16\"");
        }
    }

    @Test
    void theYmpHostReachesStrangersOn443AndThePortsItIsToldAndNowhereInside() {
        assertThat(production.settings("ymp")).containsEntry("ymp.ports", "8443");
        for (int port : new int[] {443, 8443}) {
            List<JsonNode> strangers = peers("ymp", "egress", "to", port);
            assertThat(ranges(strangers)).containsExactly("0.0.0.0/0", "2000::/3");
            assertThat(strangers.getFirst().at("/ipBlock/except").toString())
                    .contains("\"10.0.0.0/8\"", "\"169.254.0.0/16\"", "\"192.168.0.0/16\"");
        }
        assertThat(Chart.with("values-minimal.yaml").render().settings("ymp"))
                .doesNotContainKey("ymp.ports");
    }

    @Test
    void monitoringAloneReachesTheManagementPorts() {
        PORTS.forEach((service, port) ->
                assertThat(peers(service, "ingress", "from", port + MANAGEMENT))
                        .singleElement()
                        .extracting(peer -> peer.at("/namespaceSelector").toString())
                        .asString()
                        .contains("monitoring"));
    }

    @Test
    void allReachTheirDatabaseKafkaAndNames() {
        for (String service : PORTS.keySet()) {
            assertThat(ranges(peers(service, "egress", "to", 5432)))
                    .containsExactly("192.0.2.16/28");
            assertThat(ranges(peers(service, "egress", "to", 9093)))
                    .containsExactly("192.0.2.32/28");
            assertThat(peers(service, "egress", "to", 53))
                    .allMatch(peer -> peer.toString().contains("kube-dns"))
                    .hasSize(2);
        }
    }

    @Test
    void nothingIsOpenToEverywhere() {
        production
                .of("NetworkPolicy")
                .forEach(policy -> {
                    for (JsonNode rule : policy.at("/spec/ingress")) {
                        assertThat(rule.path("from")).isNotEmpty();
                        assertThat(rule.path("ports")).isNotEmpty();
                    }
                    for (JsonNode rule : policy.at("/spec/egress")) {
                        assertThat(rule.path("to")).isNotEmpty();
                        assertThat(rule.path("ports")).isNotEmpty();
                    }
                });
    }

    @Test
    void aServiceElsewhereIsReachedOnThePortOfItsAddress() {
        Manifests proxyAlone =
                Chart.with("values-production.yaml")
                        .saying(
                                """
                                services:
                                  proxy:
                                    calls:
                                      ca:
                                        url: https://ca.example
                                        to: [{ipBlock: {cidr: 192.0.2.64/32}}]
                                  ca: {enabled: false}
                                  repository: {enabled: false}
                                """)
                        .render();

        assertThat(ranges(peers(proxyAlone, "proxy", "egress", "to", 443)))
                .containsExactly("192.0.2.64/32");
    }

    private List<JsonNode> peers(String service, String way, String side, int port) {
        return peers(production, service, way, side, port);
    }

    /** The peers of all rules of one direction that have this port. */
    private static List<JsonNode> peers(
            Manifests manifests, String service, String way, String side, int port) {
        List<JsonNode> peers = new ArrayList<>();
        for (JsonNode rule : manifests.the("NetworkPolicy", service).at("/spec/" + way)) {
            for (JsonNode allowed : rule.path("ports")) {
                if (allowed.path("port").asInt() == port) {
                    rule.path(side).forEach(peers::add);
                }
            }
        }
        return peers;
    }

    private static String component(JsonNode peer) {
        return peer.at("/podSelector/matchLabels").path("app.kubernetes.io/component").asText();
    }

    private static List<String> ranges(List<JsonNode> peers) {
        return peers.stream()
                .filter(peer -> peer.has("ipBlock"))
                .map(peer -> peer.at("/ipBlock/cidr").asText())
                .toList();
    }
}
