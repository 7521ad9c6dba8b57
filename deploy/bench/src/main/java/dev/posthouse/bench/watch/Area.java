package dev.posthouse.bench.watch;

import java.util.Arrays;

/** What a method's package says about the work that it does. */
enum Area {
    CRYPTO(
            "signatures, certificates",
            "org.bouncycastle.",
            "sun.security.ec.",
            "sun.security.provider."),
    TLS(
            "TLS",
            "sun.security.ssl.",
            "com.sun.crypto.provider.",
            "javax.net.ssl.",
            "io.netty.handler.ssl."),
    JDBC("JDBC driver and pool", "org.postgresql.", "io.agroal."),
    TRANSACTIONS("transactions", "com.arjuna.", "io.quarkus.narayana."),
    HIBERNATE("Hibernate", "org.hibernate."),
    JWT("JWT", "org.jose4j."),
    JSON("JSON", "com.fasterxml.jackson."),
    KAFKA("Kafka", "org.apache.kafka.", "io.smallrye.reactive.messaging."),
    TRACING("tracing", "io.opentelemetry.", "io.quarkus.opentelemetry."),
    METRICS("metrics", "io.micrometer."),
    LOGGING("logging", "org.jboss.logmanager.", "io.quarkus.logging.", "org.jboss.logging."),
    REST(
            "REST server",
            "org.jboss.resteasy.reactive.server",
            "io.quarkus.resteasy.reactive.server"),
    REST_CLIENT("REST client", "org.jboss.resteasy.reactive.client", "io.quarkus.rest.client"),
    VALIDATION("validation", "org.hibernate.validator."),
    FAULT_TOLERANCE("fault tolerance", "io.smallrye.faulttolerance."),
    HTTP("HTTP", "io.vertx.", "io.netty.", "io.quarkus.vertx."),
    THREADS("virtual threads", "java.lang.VirtualThread", "java.util.concurrent.ForkJoin"),
    POSTHOUSE("our own code", "dev.posthouse.");

    private final String words;
    private final String prefixes;

    Area(String words, String... prefixes) {
        this.words = words;
        this.prefixes = String.join(" ", prefixes);
    }

    boolean has(String method) {
        return Arrays.stream(prefixes.split(" ")).anyMatch(method::startsWith);
    }

    @Override
    public String toString() {
        return words;
    }
}
