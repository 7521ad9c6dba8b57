package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;

/** A service that the chart has never heard of costs one block of values. */
final class NewServiceTest {

    private static final Chart WITH_FERRY =
            Chart.with("values-production.yaml")
                    .saying(
                            """
                            services:
                              ferry:
                                port: 8444
                                calls:
                                  repository: {setting: ferry.repository-url}
                                clients:
                                  - ipBlock: {cidr: 203.0.113.0/24}
                                files:
                                  ferry-key: {setting: ferry.key}
                                env:
                                  RELAY_TOKEN: {secret: ferry-token, key: token}
                                settings:
                                  ferry.internet-address: ferry.example
                              proxy:
                                calls:
                                  ferry: {setting: proxy.ferry-url}
                            """);

    private final Manifests manifests = WITH_FERRY.render();

    @Test
    void isValid() {
        LintResult lint = WITH_FERRY.lint();

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
            assertThat(manifests.the(kind, "ferry")).isNotNull();
        }
        assertThat(manifests.the("Certificate", "ferry-identity").at("/spec/uris/0").asText())
                .isEqualTo("spiffe://certificates.example/ferry-service");
        assertThat(Manifests.container(manifests.the("Deployment", "ferry")).path("image").asText())
                .isEqualTo("registry.example/posthouse/ferry-service:0.1.0-SNAPSHOT");
    }

    @Test
    void isToldWhereEverythingIs() {
        assertThat(manifests.settings("ferry"))
                .containsEntry("quarkus.http.ssl-port", "8444")
                .containsEntry("quarkus.management.port", "9444")
                .containsEntry("ferry.internet-address", "ferry.example")
                .containsEntry("ferry.key", "/etc/posthouse/files/ferry-key")
                .containsEntry(
                        "ferry.repository-url", "https://posthouse-repository.devices.svc:8443")
                .hasEntrySatisfying(
                        "quarkus.datasource.jdbc.url",
                        url -> assertThat(url).contains("/posthouse_ferry?"));
        assertThat(manifests.settings("proxy"))
                .containsEntry("proxy.ferry-url", "https://posthouse-ferry.devices.svc:8444");
    }

    @Test
    void itsPolicyAndThoseOfItsNeighboursFollowItsCalls() {
        assertThat(manifests.the("NetworkPolicy", "ferry").at("/spec/egress").toString())
                .contains("\"app.kubernetes.io/component\":\"repository\"")
                .doesNotContain("\"app.kubernetes.io/component\":\"ca\"");
        assertThat(manifests.the("NetworkPolicy", "ferry").at("/spec/ingress").toString())
                .contains("\"app.kubernetes.io/component\":\"proxy\"")
                .contains("203.0.113.0/24");
        assertThat(manifests.the("NetworkPolicy", "repository").at("/spec/ingress").toString())
                .contains("\"app.kubernetes.io/component\":\"ferry\"")
                .contains("\"app.kubernetes.io/component\":\"ca\"");
        assertThat(manifests.the("NetworkPolicy", "ca").at("/spec/ingress").toString())
                .doesNotContain("ferry");
    }
}
