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

    /** A message each way, with the tokens it takes, and one for a host that does not exist. */
    void appear(ExposedMetrics exposed) throws Exception {
        ServiceProcess first = suite.processes().service(Service.YMP);
        try (YmpHost west = new YmpHost(first, application);
                YmpHost east = new YmpHost(suite.processes().service(Running.EAST), application)) {
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

    private void post(YmpHost host, String message) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(application.context()).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(host.process().url().resolve("/messages"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(message))
                            .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(202);
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
