package dev.posthouse.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broken value is refused before anything is installed, in words that name it. */
final class RefusedValuesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    repositoryURL: https://x.example              | additional properties 'repositoryURL' not allowed
                    repositoryUrl: http://collect.example         | at '/repositoryUrl': 'http://collect.example' does not match pattern '^https://
                    image: {tag: 'a b'}                           | at '/image/tag': 'a b' does not match pattern
                    image: {pullPolicy: Sometimes}                | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'
                    trustDomain: Posthouse                        | at '/trustDomain': 'Posthouse' does not match pattern
                    trustDomain:                                  | missing property 'trustDomain'
                    database: {host: ''}                          | at '/database/host'
                    database: {host:}                             | missing property 'host'
                    database: {port: 70000}                       | at '/database/port': maximum: got 70,000, want 65,535
                    database: {tls: {mode: on}}                   | at '/database/tls/mode': value must be one of
                    database: {tls: {mode: verify-full}}          | database.tls.caSecret: mode verify-full wants the secret with the CA of PostgreSQL's certificate
                    kafka: {bootstrapServers: []}                 | at '/kafka/bootstrapServers': minItems: got 0, want 1
                    kafka: {bootstrapServers: [kafka]}            | at '/kafka/bootstrapServers/0': 'kafka' does not match pattern
                    identity: {certManager: {duration: 90d}}      | at '/identity/certManager/duration': '90d' does not match pattern
                    networkPolicy: {dns: [{cidr: 10.0.0.0/8}]}    | at '/networkPolicy/dns/0': additional properties 'cidr' not allowed
                    networkPolicy: {enabled: 'yes'}               | at '/networkPolicy/enabled': got string, want boolean
                    defaults: {replica: 2}                        | at '/defaults': additional properties 'replica' not allowed
                    defaults: {replicas: two}                     | at '/defaults/replicas': got string, want integer
                    defaults: {resources: {limits: {memory: 384MB}}} | at '/defaults/resources/limits/memory': '384MB' does not match pattern
                    defaults: {resources: {limits: {ram: 1Gi}}}   | at '/defaults/resources/limits': additional properties 'ram' not allowed
                    services: {ca: {replicas: -1}}                | at '/services/ca/replicas': minimum: got -1, want 0
                    services: {ca: {port: 443}}                   | at '/services/ca/port': minimum: got 443, want 1,024
                    services: {ca: {port: '8442'}}                | at '/services/ca/port': got string, want integer
                    services: {ca: {setting: {}}}                 | at '/services/ca': additional properties 'setting' not allowed
                    services: {Ferry: {port: 8444}}               | 'Ferry' does not match pattern
                    services: {ferry: {replicas: 2}}              | at '/services/ferry': missing property 'port'
                    services: {ca: {service: {type: Public}}}     | at '/services/ca/service/type': value must be one of 'ClusterIP', 'NodePort', 'LoadBalancer'
                    services: {ca: {settings: {ca.limits: [1]}}}  | at '/services/ca/settings/ca.limits': got array
                    services: {ca: {files: {'a/b': {}}}}          | 'a/b' does not match pattern
                    services: {ca: {env: {KEY: {secret: keys}}}}  | at '/services/ca/env/KEY': missing property 'key'
                    services: {ca: {image: {digest: latest}}}     | at '/services/ca/image/digest': 'latest' does not match pattern
                    services: {ca: {enabled: false}}              | services.proxy.calls.ca.url: say where it is; this release has no service ca
                    services: {repository: {enabled: false}, ca: {calls: {repository: {url: 'https://r.example'}}}} | repositoryUrl: say where devices collect
                    services: {ca: {settings: {quarkus.http.ssl-port: 1}}} | services.ca.settings: quarkus.http.ssl-port is set by the chart
                    services: {ca: {settings: {quarkus.datasource.password: x}}} | services.ca.settings: quarkus.datasource.password is a secret
                    services: {ymp: {enabled: true}}              | services.ymp.settings: ymp.host has no default; say it
                    services: {ymp: {enabled: true, settings: {ymp.host: ''}}} | services.ymp.settings: ymp.host has no default; say it
                    services: {ymp: {strangers: {ports: [0]}}}    | at '/services/ymp/strangers/ports/0': minimum: got 0, want 1
                    services: {ymp: {enabled: true, strangers: {ports: [8443]}, settings: {ymp.host: a.example, ymp.ports: 1}}} | services.ymp.settings: ymp.ports is set by the chart
                    services: {relay: {enabled: true}}            | services.relay.settings: relay.internet-address has no default; say it
                    services: {relay: {enabled: true, settings: {relay.internet-address: a.example, relay.secrets-key: /x}}} | services.relay.settings: relay.secrets-key is set by the chart
                    services: {ca: {autoscaling: {enabled: true, maxReplicas: 1}}} | services.ca.autoscaling: maxReplicas is less than minReplicas
                    """)
    void isRefusedByName(String values, String message) {
        assertThatThrownBy(() -> Chart.standard().saying(values).render())
                .hasMessageContaining(message);
    }
}
