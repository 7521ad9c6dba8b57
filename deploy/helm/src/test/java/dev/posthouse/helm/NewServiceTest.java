package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;

/** A service that the chart has never heard of costs one block of values. */
final class NewServiceTest {

    private static final Chart WITH_RELAY =
            Chart.with("values-production.yaml")
                    .saying(
                            """
                            services:
                              relay:
                                port: 8444
                                calls:
                                  repository: {setting: relay.repository-url}
                                clients:
                                  - ipBlock: {cidr: 203.0.113.0/24}
                                files:
                                  relay-key: {setting: relay.key}
                                env:
                                  RELAY_TOKEN: {secret: relay-token, key: token}
                                settings:
                                  relay.internet-address: relay.example
                              proxy:
                                calls:
                                  relay: {setting: proxy.relay-url}
                            """);

    private final Manifests manifests = WITH_RELAY.render();

    @Test
    void isValid() {
        LintResult lint = WITH_RELAY.lint();

        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
        manifests.all().forEach(KubernetesModel::check);
    }

    @Test
    void hasEverythingThatTheOthersHave() {
        for (String kind :
                new String[] {
                    "ConfigMap",
                    "Deployment",
                    "NetworkPolicy",
                    "PodDisruptionBudget",
                    "Service",
                    "ServiceAccount"
                }) {
            assertThat(manifests.the(kind, "relay")).isNotNull();
        }
        assertThat(manifests.the("Certificate", "relay-identity").at("/spec/uris/0").asText())
                .isEqualTo("spiffe://certificates.example/relay-service");
        assertThat(Manifests.container(manifests.the("Deployment", "relay")).path("image").asText())
                .isEqualTo("registry.example/posthouse/relay-service:0.1.0-SNAPSHOT");
    }

    @Test
    void isToldWhereEverythingIs() {
        assertThat(manifests.settings("relay"))
                .containsEntry("quarkus.http.ssl-port", "8444")
                .containsEntry("quarkus.management.port", "9444")
                .containsEntry("relay.internet-address", "relay.example")
                .containsEntry("relay.key", "/etc/posthouse/files/relay-key")
                .containsEntry(
                        "relay.repository-url", "https://posthouse-repository.devices.svc:8443")
                .hasEntrySatisfying(
                        "quarkus.datasource.jdbc.url",
                        url -> assertThat(url).contains("/posthouse_relay?"));
        assertThat(manifests.settings("proxy"))
                .containsEntry("proxy.relay-url", "https://posthouse-relay.devices.svc:8444");
    }

    @Test
    void itsPolicyAndThoseOfItsNeighboursFollowItsCalls() {
        assertThat(manifests.the("NetworkPolicy", "relay").at("/spec/egress").toString())
                .contains("\"app.kubernetes.io/component\":\"repository\"")
                .doesNotContain("\"app.kubernetes.io/component\":\"ca\"");
        assertThat(manifests.the("NetworkPolicy", "relay").at("/spec/ingress").toString())
                .contains("\"app.kubernetes.io/component\":\"proxy\"")
                .contains("203.0.113.0/24");
        assertThat(manifests.the("NetworkPolicy", "repository").at("/spec/ingress").toString())
                .contains("\"app.kubernetes.io/component\":\"relay\"")
                .contains("\"app.kubernetes.io/component\":\"ca\"");
        assertThat(manifests.the("NetworkPolicy", "ca").at("/spec/ingress").toString())
                .doesNotContain("relay");
    }
}
