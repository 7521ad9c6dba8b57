package dev.posthouse.local.suite;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the services are told here, and nowhere else: all on loopback, every address permitted, no
 * limits. Their own defaults are strict.
 *
 * @param pki their keys
 * @param ports who listens where
 * @param settings what the user wants otherwise
 */
record Playground(DevelopmentPki pki, Ports ports, Settings settings) {

    private static final String PUBLIC_URL = "repository.public-url";
    private static final String YMP_HOST = "ymp.host";
    private static final String RELAY_ADDRESS = "relay.internet-address";
    private static final String OFF = "0";

    /** Every setting of one that listens on these ports. */
    Map<String, String> of(Instance instance, int port, int managementPort) {
        Map<String, String> all = new TreeMap<>(common(instance));
        all.putAll(
                switch (instance.role()) {
                    case PROXY -> proxy();
                    case CA -> ca();
                    case REPOSITORY -> repository(instance);
                    case YMP -> ymp(instance, port);
                    case RELAY -> relay(instance);
                });
        all.put("quarkus.http.port", String.valueOf(port));
        all.put("quarkus.http.ssl-port", String.valueOf(port));
        all.put("quarkus.management.port", String.valueOf(managementPort));
        all.putAll(settings.of(instance));
        return all;
    }

    private Map<String, String> common(Instance instance) {
        String module = instance.role().module();
        DatabaseServer database = DatabaseServer.of(settings, ports);
        Map<String, String> common =
                new TreeMap<>(
                        Map.of(
                                "quarkus.tls.peer.key-store.pem.0.cert",
                                pki.certificate(module).toString(),
                                "quarkus.tls.peer.key-store.pem.0.key",
                                pki.key(module).toString(),
                                "quarkus.tls.peer.trust-store.pem.certs",
                                pki.trustAnchor().toString(),
                                "quarkus.datasource.jdbc.url",
                                database.jdbcUrl(instance.database()),
                                "quarkus.datasource.username",
                                database.username(),
                                "kafka.bootstrap.servers",
                                Broker.of(settings, ports).bootstrapServers(),
                                "quarkus.http.host",
                                "127.0.0.1",
                                "quarkus.management.host",
                                "127.0.0.1"));
        // The configuration would take ${…} for a reference.
        database.password()
                .map(password -> password.replace("${", "\\${"))
                .ifPresent(password -> common.put("quarkus.datasource.password", password));
        return common;
    }

    private Map<String, String> proxy() {
        return Map.of(
                "proxy.wan-address",
                "203.0.113.7",
                "proxy.addresses.allow-loopback",
                "true",
                "proxy.ca-url",
                urlOf(Service.CA),
                "proxy.repository-url",
                publicUrl(),
                "proxy.access-key",
                pki.accessKey().toString(),
                "proxy.name-key",
                pki.nameKey().toString(),
                "proxy.limits.requests-per-address",
                OFF,
                "proxy.limits.requests-per-network",
                OFF,
                "proxy.limits.open-sessions",
                OFF,
                "proxy.limits.admission",
                OFF);
    }

    private Map<String, String> ca() {
        return Map.of(
                "ca.addresses.allow-loopback", "true",
                "ca.access-domain", DevelopmentPki.ACCESS_DOMAIN,
                "ca.access-keys", pki.accessKeys().toString(),
                "ca.issuer.key-stores", pki.issuer().toString(),
                "ca.issuer.passphrase-file", pki.passphraseFile().toString(),
                "ca.repository-url", publicUrl(),
                "ca.repository-internal-url", urlOf(Service.REPOSITORY),
                "ca.limits.requests-per-proxy", OFF);
    }

    private Map<String, String> repository(Instance instance) {
        return Map.of(
                PUBLIC_URL,
                publicUrl(instance),
                "repository.access-keys",
                pki.accessKeys().toString(),
                "repository.limits.collections-per-access-url",
                OFF,
                "repository.limits.requests-per-address",
                OFF);
    }

    /** Each may call the others, which are on this machine, and is reached at its own port too. */
    private Map<String, String> ymp(Instance instance, int port) {
        String everyHost =
                settings.roster().parties(Service.YMP).stream()
                        .map(this::ympHost)
                        .collect(Collectors.joining(","));
        return Map.of(
                YMP_HOST,
                ympHost(instance.name()),
                "ymp.accepted-authorities",
                "localhost:" + port,
                "ymp.allow-private",
                everyHost,
                "ymp.trust-anchors",
                pki.trustAnchor().toString(),
                "ymp.held-token-key",
                pki.heldTokenKey().toString(),
                "ymp.limits.requests-per-address",
                OFF,
                "ymp.limits.callbacks-per-host",
                OFF,
                "ymp.limits.grants-per-address",
                OFF);
    }

    /** One name for all replicas of a party. */
    private String ympHost(String party) {
        Instance first = new Instance(party, Service.YMP, 1);
        return settings.of(first, YMP_HOST, "localhost:" + ports.of(first));
    }

    /** Each is told where the others are, whose addresses no resolver knows. */
    private Map<String, String> relay(Instance instance) {
        Map<String, String> relay =
                new TreeMap<>(
                        Map.of(
                                RELAY_ADDRESS,
                                relayAddress(instance.name()),
                                "relay.secrets-key",
                                pki.relayKey().toString(),
                                "relay.trust-anchors",
                                pki.trustAnchor().toString(),
                                "relay.limits.registrations-per-address",
                                OFF));
        for (String party : settings.roster().parties(Service.RELAY)) {
            relay.put(
                    "relay.routes.\"" + relayAddress(party) + "\"",
                    "https://localhost:" + ports.of(new Instance(party, Service.RELAY, 1)) + "/");
        }
        return relay;
    }

    /** One address for all replicas of a party. */
    private String relayAddress(String party) {
        Instance first = new Instance(party, Service.RELAY, 1);
        return settings.of(first, RELAY_ADDRESS, party + "." + DevelopmentPki.RELAY_DOMAIN);
    }

    /** The prefix of AccessURLs, of which all three must have the same idea. */
    private String publicUrl() {
        return publicUrl(Instance.of(Service.REPOSITORY));
    }

    /** One for all replicas of a name. */
    private String publicUrl(Instance repository) {
        Instance first = new Instance(repository.name(), repository.role(), 1);
        return settings.of(first, PUBLIC_URL, "https://localhost:" + ports.of(first));
    }

    private String urlOf(Service service) {
        return "https://localhost:" + ports.of(service);
    }
}
