package dev.posthouse.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.x509.Pem;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
class RepositoryHttp2Test {

    private final TestSession session = new TestSession();
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(TestPki.shared().anonymous()).build();

    @ParameterizedTest
    @EnumSource
    void servesBothVersions(HttpClient.Version version) throws Exception {
        session.stored();

        HttpResponse<String> answer = post(version, body(session));

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
        assertThat(answer.body()).contains("BEGIN CERTIFICATE");
    }

    @ParameterizedTest
    @EnumSource
    void refusesALongBodyInBothVersions(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = post(version, " ".repeat(100_000));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("body.too-large");
    }

    /** The HTTP server's own limit, before every door. */
    @Test
    void answersAnOverLongPathWithoutABodyAndGoesOn() throws Exception {
        session.stored();

        HttpResponse<String> answer =
                client.send(toPathOf(9_000), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(answer.body()).isEmpty();
        assertThatThrownBy(
                        () -> client.send(toPathOf(17_000), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(post(HttpClient.Version.HTTP_2, body(session)).statusCode()).isEqualTo(200);
    }

    private HttpRequest toPathOf(int octets) {
        return request(
                HttpClient.Version.HTTP_2, "/" + "a".repeat(octets), "{}", session.address());
    }

    @Test
    void keepsManyOnOneConnectionApart() {
        List<TestSession> sessions = Stream.generate(TestSession::new).limit(20).toList();
        sessions.forEach(TestSession::stored);

        List<CompletableFuture<HttpResponse<String>>> answers =
                sessions.stream()
                        .map(one ->
                                client.sendAsync(
                                        request(
                                                HttpClient.Version.HTTP_2,
                                                one.path(),
                                                body(one),
                                                TestSession.WAN),
                                        HttpResponse.BodyHandlers.ofString()))
                        .toList();

        for (int i = 0; i < sessions.size(); i++) {
            assertThat(answers.get(i).join().body()).contains(sessions.get(i).name().value());
        }
    }

    @Test
    void countsAForgedAccessUrlThreefold() throws Exception {
        int calls = 0;
        int status = 404;
        while (status == 404 && calls < 300) {
            HttpRequest forged =
                    request(HttpClient.Version.HTTP_2, "/a.b.c", body(session), session.address());
            status = client.send(forged, HttpResponse.BodyHandlers.ofString()).statusCode();
            calls++;
        }

        assertThat(status).isEqualTo(429);
        assertThat(calls).isBetween(100, 160);
    }

    @Test
    void goesOnAfterResets() throws Exception {
        session.stored();
        Vertx vertx = Vertx.vertx();
        try {
            assertThat(reset(vertx, 300)).isGreaterThanOrEqualTo(100);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }

        assertThat(post(HttpClient.Version.HTTP_2, body(session)).statusCode()).isEqualTo(200);
    }

    /**
     * Begins requests of which the rest never comes.
     *
     * @return how many of them were under way when they were reset
     */
    private int reset(Vertx vertx, int times)
            throws InterruptedException, ExecutionException, TimeoutException {
        URI door = RepositoryUnderTest.door().url();
        var http2 =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setUseAlpn(true)
                                .setSsl(true)
                                .setTrustOptions(
                                        new PemTrustOptions()
                                                .addCertValue(
                                                        Buffer.buffer(
                                                                Pem.encode(
                                                                        List.of(
                                                                                TestPki.shared()
                                                                                        .certificate()))))));
        int reset = 0;
        for (int i = 0; i < times; i++) {
            boolean underWay =
                    http2.request(HttpMethod.POST, door.getPort(), door.getHost(), session.path())
                            .compose(request -> {
                                request.exceptionHandler(expected -> {})
                                        .putHeader("content-type", "application/json")
                                        .putHeader("forwarded", "for=" + session.address())
                                        .setChunked(true);
                                return request.write("{\"session_name\":")
                                        .map(written -> request.reset(8));
                            })
                            // The server may hang up on so many.
                            .otherwise(false)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS);
            if (underWay) {
                reset++;
            }
        }
        return reset;
    }

    private HttpResponse<String> post(HttpClient.Version version, String body)
            throws IOException, InterruptedException {
        return client.send(
                request(version, session.path(), body, TestSession.WAN),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(
            HttpClient.Version version, String path, String body, String address) {
        return HttpRequest.newBuilder(RepositoryUnderTest.door().url().resolve(path))
                .version(version)
                .header("Content-Type", "application/json")
                .header("Forwarded", "for=" + address)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String body(TestSession session) {
        return "{\"session_name\":\"" + session.name().value() + "\"}";
    }
}
