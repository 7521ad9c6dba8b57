package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** An operator of YMP hosts (YMP, section 9). */
final class YmpOperator implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;

    YmpOperator(Tls operator) {
        this.http = HttpClient.newBuilder().sslContext(operator.context()).build();
    }

    /**
     * From now on the host has no token for the other, and asks for another with the next message.
     */
    void dropToken(YmpHost at, YmpHost other) throws IOException, InterruptedException {
        URI drop = at.process().url().resolve("/admin/peers/" + other.name() + "/drop-token");
        HttpRequest request =
                HttpRequest.newBuilder(drop).timeout(TIMEOUT).POST(BodyPublishers.noBody()).build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
