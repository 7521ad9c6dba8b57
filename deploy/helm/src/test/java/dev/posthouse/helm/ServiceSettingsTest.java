package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the services are told, held against the settings tables of their READMEs. */
final class ServiceSettingsTest {

    private static final Path HOME = Path.of("../..");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9.-]+)` \\| ([^|]+) \\|.*");

    static Stream<Arguments> services() {
        return ChartTest.valuesFiles()
                .flatMap(file ->
                        WorkloadTest.services(file).map(service -> Arguments.of(file, service)));
    }

    @ParameterizedTest
    @MethodSource("services")
    void whatIsRequiredIsGivenAndWhatIsGivenExists(String file, String service) throws IOException {
        Map<String, String> documented = documented(service);
        Map<String, String> given = Chart.with(file).render().settings(service);

        assertThat(documented).hasSizeGreaterThan(10);
        assertThat(given.keySet())
                .containsAll(
                        documented.entrySet().stream()
                                .filter(row -> row.getValue().equals("required"))
                                .map(Map.Entry::getKey)
                                .toList());
        assertThat(given.keySet().stream().filter(key -> key.startsWith(service + ".")))
                .isSubsetOf(documented.keySet());
        assertThat(given.values()).allSatisfy(value -> assertThat(value).isNotBlank());
    }

    private static Map<String, String> documented(String service) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(HOME.resolve(service + "-service/README.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && row.group(1).startsWith(service + ".")) {
                rows.put(row.group(1), row.group(2).strip());
            }
        }
        return rows;
    }

    @Test
    void allHaveTheSameIdeaOfTheRepository() {
        Manifests minimal = Chart.with("values-minimal.yaml").render();

        assertThat(minimal.settings("proxy").get("proxy.repository-url"))
                .isEqualTo("https://certificates.example")
                .isEqualTo(minimal.settings("ca").get("ca.repository-url"))
                .isEqualTo(minimal.settings("repository").get("repository.public-url"));
        assertThat(minimal.settings("ca").get("ca.repository-internal-url"))
                .isEqualTo("https://posthouse-repository.devices.svc:8443");
    }

    @Test
    void withoutAnAddressOutsideItIsTheOneInside() {
        assertThat(Chart.standard().render().settings("proxy").get("proxy.repository-url"))
                .isEqualTo("https://posthouse-repository.devices.svc:8443");
    }

    @Test
    void aServiceElsewhereIsCalledWhereItIs() {
        Manifests proxyAlone =
                Chart.with("values-minimal.yaml")
                        .saying(
                                """
                                services:
                                  proxy: {calls: {ca: {url: "https://ca.example:8442"}}}
                                  ca: {enabled: false}
                                  repository: {enabled: false}
                                  ymp: {enabled: false}
                                  relay: {enabled: false}
                                """)
                        .render();

        assertThat(proxyAlone.of("Deployment")).hasSize(1);
        assertThat(proxyAlone.settings("proxy").get("proxy.ca-url"))
                .isEqualTo("https://ca.example:8442");
    }

    @Test
    void settingsArriveAsTheyAreWritten() {
        Map<String, String> settings =
                Chart.standard()
                        .saying(
                                """
                                defaults:
                                  settings: {quarkus.log.level: DEBUG}
                                services:
                                  ca:
                                    settings:
                                      quarkus.log.level: WARN
                                      'quarkus.log.category."dev.posthouse".level': TRACE
                                      ca.limits.requests-per-proxy: 12000000
                                      ca.csr.ed25519: false
                                      ca.profile.policy: '1.3.6 \\d'
                                """)
                        .render()
                        .settings("ca");

        assertThat(settings)
                .containsEntry("quarkus.log.level", "WARN")
                .containsEntry("quarkus.log.category.\"dev.posthouse\".level", "TRACE")
                .containsEntry("ca.limits.requests-per-proxy", "12000000")
                .containsEntry("ca.csr.ed25519", "false")
                .containsEntry("ca.profile.policy", "1.3.6 \\d");
    }

    @Test
    void severalFilesOfOneSettingAreAList() {
        assertThat(
                        Chart.with("values-production.yaml")
                                .render()
                                .settings("ca")
                                .get("ca.issuer.key-stores"))
                .isEqualTo(
                        "/etc/posthouse/files/issuing-2026.p12,/etc/posthouse/files/issuing.p12");
    }

    @Test
    void theYmpHostShowsStrangersAnotherCertificateThanTheServicesEachOther() {
        assertThat(Chart.with("values-production.yaml").render().settings("ymp"))
                .containsEntry("quarkus.http.tls-configuration-name", "door")
                .containsEntry(
                        "quarkus.tls.door.key-store.pem.0.cert", "/etc/posthouse/files/door.crt")
                .containsEntry(
                        "quarkus.tls.door.trust-store.pem.certs", "/etc/posthouse/identity/ca.crt")
                .containsEntry("ymp.trust-anchors", "/etc/posthouse/files/private-hosts.crt")
                .containsEntry("ymp.held-token-key", "/etc/posthouse/files/held-token.key");
    }

    @Test
    void databaseAndKafkaAreReachedOverTlsWhereTheProductionFileSaysSo() {
        assertThat(Chart.with("values-production.yaml").render().settings("ca"))
                .containsEntry(
                        "quarkus.datasource.jdbc.url",
                        "jdbc:postgresql://postgresql.example:5432/posthouse_ca"
                                + "?sslmode=verify-full&sslrootcert=/etc/posthouse/database/ca.crt")
                .containsEntry(
                        "kafka.bootstrap.servers",
                        "kafka-0.example:9093,kafka-1.example:9093,kafka-2.example:9093")
                .containsEntry("kafka.security.protocol", "SSL")
                .containsEntry("kafka.ssl.truststore.location", "/etc/posthouse/kafka/ca.crt")
                .containsEntry(
                        "kafka.ssl.keystore.location", "/etc/posthouse/kafka/tls-combined.pem");
    }
}
