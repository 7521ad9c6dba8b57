package dev.posthouse.common.call;

import static dev.posthouse.common.call.Calling.NAME;
import static dev.posthouse.common.call.Calling.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.call.CallFailed.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, sections 5 and 8, with hosts that behave. */
final class StrangerClientTest {

    private final Calling calling = new Calling();
    private final GoodHost host = new GoodHost(calling.vertx, calling.named(NAME));

    @AfterEach
    void end() {
        calling.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void handsOverOctetsAndReadsTheAnswer(HttpVersion version) {
        host.speaking(version).listen(this::echo);

        Answer answer =
                calling.client()
                        .call(
                                at(host.port()),
                                Call.post(
                                        "/grant?x=1",
                                        Map.of(
                                                "Content-Type",
                                                "application/json",
                                                "Authorization",
                                                "Bearer token"),
                                        new byte[] {0, 1, -1}));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).containsExactly(0, 1, -1);
        assertThat(answer.cut()).isFalse();
        HttpServerRequest seen = host.requests.getFirst();
        assertThat(seen.version()).isEqualTo(version);
        assertThat(seen.method().name()).isEqualTo("POST");
        assertThat(seen.uri()).isEqualTo("/grant?x=1");
        assertThat(seen.authority().toString()).isEqualTo(NAME + ":" + host.port());
        assertThat(seen.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(seen.getHeader("Authorization")).isEqualTo("Bearer token");
        assertThat(seen.connection().indicatedServerName()).isEqualTo(NAME);
    }

    private void echo(HttpServerRequest request) {
        request.body().onSuccess(octets -> request.response().setStatusCode(201).end(octets));
    }

    @Test
    void prefersHttp2() {
        host.listen(request -> request.response().end());

        calling.get(at(host.port()));

        assertThat(host.requests.getFirst().version()).isEqualTo(HttpVersion.HTTP_2);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void keepsTheConnectionForTheNextCall(HttpVersion version) {
        host.speaking(version).listen(this::echo);

        for (int i = 0; i < 3; i++) {
            assertThat(calling.get(at(host.port())).status()).isEqualTo(201);
        }

        assertThat(host.connections).hasValue(1);
    }

    @Test
    void postsAnEmptyBodyWithItsLength() {
        host.speaking(HttpVersion.HTTP_1_1).listen(this::echo);

        calling.client().call(at(host.port()), Call.post("/", Map.of(), new byte[0]));
        calling.get(at(host.port()));

        assertThat(host.requests.get(0).getHeader("Content-Length")).isEqualTo("0");
        assertThat(host.requests.get(1).getHeader("Content-Length")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void returnsARedirectAndDoesNotFollowIt(int status) {
        host.listen(request ->
                request.response()
                        .setStatusCode(status)
                        .putHeader("Location", "https://localhost:1/elsewhere")
                        .end());

        Answer answer = calling.get(at(host.port()));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Location")).hasValue("https://localhost:1/elsewhere");
        assertThat(host.requests).hasSize(1);
    }

    @Test
    void keepsTheHeadersThatCallersActOn() {
        host.listen(request ->
                request.response()
                        .putHeader("Cache-Control", "private")
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Retry-After", "120")
                        .putHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                        .putHeader("Set-Cookie", "a=b")
                        .end());

        Answer answer = calling.get(at(host.port()));

        assertThat(answer.headers())
                .containsOnly(
                        Map.entry("cache-control", "private"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("retry-after", "120"),
                        Map.entry("date", "Sun, 06 Nov 1994 08:49:37 GMT"));
    }

    @Test
    void makesOneListOfRepeatedHeaders() {
        host.listen(request -> {
            request.response().headers().add("Cache-Control", "private");
            request.response().headers().add("Cache-Control", "max-age=60");
            request.response().end();
        });

        assertThat(calling.get(at(host.port())).header("cache-control"))
                .hasValue("private, max-age=60");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void readsABodyAsLongAsTheLimitWhole(HttpVersion version) {
        Buffer body = Buffer.buffer(new byte[Calling.MOST_OCTETS]);
        host.speaking(version).listen(request -> request.response().end(body));

        Answer answer = calling.get(at(host.port()));

        assertThat(answer.body()).hasSize(Calling.MOST_OCTETS);
        assertThat(answer.cut()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void cutsALongerBody(HttpVersion version) {
        Buffer body = Buffer.buffer(new byte[Calling.MOST_OCTETS + 1]);
        host.speaking(version).listen(request -> request.response().end(body));

        Answer answer = calling.get(at(host.port()));

        assertThat(answer.body()).hasSize(Calling.MOST_OCTETS);
        assertThat(answer.cut()).isTrue();
        assertThat(calling.get(at(host.port())).status()).isEqualTo(200);
    }

    @Test
    void leavesACompressedBodyAsItIs() {
        host.listen(request ->
                request.response().putHeader("Content-Encoding", "gzip").end("no gzip at all"));

        assertThat(new String(calling.get(at(host.port())).body(), UTF_8))
                .isEqualTo("no gzip at all");
        assertThat(host.requests.getFirst().getHeader("Accept-Encoding")).isNull();
    }

    @Test
    void asksNoProxy() {
        host.listen(request -> request.response().end());
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", "1");
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", "1");
        try {
            assertThat(calling.get(at(host.port())).status()).isEqualTo(200);
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
            System.clearProperty("socksProxyHost");
            System.clearProperty("socksProxyPort");
        }
    }

    @Test
    void doesNotBlockAnEventLoop() {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        calling.vertx.runOnContext(ignored -> {
            try {
                calling.get(at(1));
            } catch (IllegalStateException refused) {
                thrown.complete(refused);
            }
        });

        assertThat(thrown.join()).hasMessageContaining("event loop");
    }

    @Test
    void endsWhenItsCallerIsStopped() {
        host.listen(request -> {});

        Thread.currentThread().interrupt();

        calling.fails(at(host.port()), Reason.CLOSED);
        assertThat(Thread.interrupted()).isTrue();
    }
}
