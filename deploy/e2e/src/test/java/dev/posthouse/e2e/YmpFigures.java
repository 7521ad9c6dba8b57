package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Has two YMP hosts do one of everything, so that all their metrics are there. */
final class YmpFigures {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNREACHABLE =
            """
            {"host": "nowhere.example", "protocol": "trade", "service": "shop", "action": "order",
             "payload": {}, "sender": {"protocol": "trade", "service": "shop"}}
            """;

    private final Running suite;
    private final Tls application;

    YmpFigures(Running suite) {
        this.suite = suite;
        this.application = Tls.of(suite.pki(), "application");
    }

    /** A message each way, with new tokens, and one for a host that does not exist. */
    void appear(ExposedMetrics exposed) throws Exception {
        ServiceProcess first = suite.processes().service(Service.YMP);
        try (YmpHost west = new YmpHost(first, application);
                YmpHost east = new YmpHost(suite.processes().service(Running.EAST), application)) {
            dropToken(west, east);
            dropToken(east, west);
            exchange(west, east);
            exchange(east, west);
            post(west, UNREACHABLE);
        }
        awaitWaiting(first, exposed);
    }

    private static void exchange(YmpHost from, YmpHost to) throws Exception {
        try (Letters letters = Letters.begin(1, 1, from, to, PATIENCE)) {
            letters.assertEachCameExactlyOnce(1);
        }
    }

    /** Else one that an earlier test came by would do. */
    private void dropToken(YmpHost at, YmpHost of) throws IOException, InterruptedException {
        HttpRequest.Builder request = to(at, "/admin/peers/" + of.name() + "/drop-token");
        HttpRequest drop = request.POST(HttpRequest.BodyPublishers.noBody()).build();
        assertThat(status(drop, Tls.of(suite.pki(), "operator"))).isEqualTo(204);
    }

    private void post(YmpHost host, String message) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                to(host, "/messages").header("Content-Type", "application/json");
        HttpRequest post = request.POST(HttpRequest.BodyPublishers.ofString(message)).build();
        assertThat(status(post, application)).isEqualTo(202);
    }

    private static HttpRequest.Builder to(YmpHost host, String path) {
        return HttpRequest.newBuilder(host.process().url().resolve(path));
    }

    private static int status(HttpRequest request, Tls caller)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(caller.context()).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** What waits is counted every now and then. */
    private static void awaitWaiting(ServiceProcess host, ExposedMetrics exposed)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!exposed.has("posthouse_ymp_outbox_depth")) {
            assertThat(System.nanoTime()).as("no message waits").isLessThan(end);
            Thread.sleep(200);
            exposed.scrape(host.managementUrl());
        }
    }
}
