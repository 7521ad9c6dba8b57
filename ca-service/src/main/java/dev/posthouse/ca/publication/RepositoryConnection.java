package dev.posthouse.ca.publication;

import dev.posthouse.ca.CaConfig;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** The TLS connections to the repository, made anew when our certificate or its anchor changes. */
@Singleton
final class RepositoryConnection {

    private static final String TLS = "peer";
    private static final long CONNECT_SECONDS = 3;
    private static final long ANSWER_SECONDS = 10;

    private final URI url;
    private final int connections;
    private final TlsConfigurationRegistry tls;
    private volatile RepositoryRestClient client;

    RepositoryConnection(CaConfig settings, TlsConfigurationRegistry tls) {
        this.url = settings.repositoryInternalUrl().orElse(settings.repositoryUrl());
        this.connections = settings.worker().concurrency();
        this.tls = tls;
        this.client = connect();
    }

    RepositoryRestClient current() {
        return client;
    }

    /** Calls under way end on the old connections. */
    void renew(@Observes CertificateUpdatedEvent updated) {
        if (updated.name().equals(TLS)) {
            client = connect();
        }
    }

    private RepositoryRestClient connect() {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .tlsConfiguration(tls.get(TLS).orElseThrow())
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .disableDefaultMapper(true)
                .property("io.quarkus.rest.client.connection-pool-size", connections)
                .build(RepositoryRestClient.class);
    }

    @PreDestroy
    void close() throws IOException {
        if (client instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
