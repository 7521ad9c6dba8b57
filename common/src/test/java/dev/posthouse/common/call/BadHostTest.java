package dev.posthouse.common.call;

import static dev.posthouse.common.call.Calling.NAME;
import static dev.posthouse.common.call.Calling.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.testing.LogWatch;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, section 5: every call ends in time, whatever the peer does, and leaves nothing behind. */
final class BadHostTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    /** They repeat nothing of the peer, and cannot be kept from logging. */
    private static final Set<String> FIXED_TEXTS =
            Set.of(
                    "io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder",
                    "io.vertx.core.http.impl.HttpClientConnection");

    private static final String HTTP_1_1 = "http/1.1";

    private final Calling calling = new Calling();
    private final SSLContext identity = calling.named(NAME).context();
    private final LogWatch logs = new LogWatch();

    @AfterEach
    void end() {
        assertThat(logs.records())
                .filteredOn(kept -> !FIXED_TEXTS.contains(kept.getLoggerName()))
                .extracting(LogRecord::getMessage)
                .isEmpty();
        logs.close();
        calling.close();
    }

    /** One call that fails so, in time, with no connection left open. */
    private void fails(RawHost host, Reason reason) {
        try (host) {
            if (reason != Reason.BROKEN) {
                calling.hurry();
            }
            int before = calling.client().lines();
            long begun = System.nanoTime();

            calling.fails(at(host.port()), reason);

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Calling.SHORT.multipliedBy(2));
            assertThat(host.connections).hasValue(1);
            Calling.until(() -> host.ended.get() == 1);
            assertThat(calling.client().lines()).isEqualTo(before);
        }
    }

    private RawHost saying(String answer) {
        return RawHost.tls(identity, HTTP_1_1, RawHost.says(answer));
    }

    @Test
    void endsWhenTlsDoesNotBegin() {
        fails(RawHost.plain(RawHost::hang), Reason.CONNECT);
    }

    @Test
    void endsWhenHttp2DoesNotBegin() {
        fails(RawHost.tls(identity, "h2", RawHost::hang), Reason.CONNECT);
    }

    @Test
    void endsWhenHttp2BeginsWithSomethingElse() {
        // The library logs the first five octets.
        logs.close();
        fails(
                RawHost.tls(
                        identity,
                        "h2",
                        connection -> {
                            RawHost.say(connection, OK + "Content-Length: 0\r\n\r\n");
                            RawHost.hang(connection);
                        }),
                Reason.CONNECT);
    }

    @Test
    void endsWhenThereIsNoAnswer() {
        fails(RawHost.tls(identity, HTTP_1_1, RawHost::hang), Reason.TIMEOUT);
    }

    @Test
    void endsWhenTheAnswerStopsInItsHead() {
        fails(saying(OK + "Content-Len"), Reason.TIMEOUT);
    }

    @Test
    void endsWhenTheAnswerStopsInItsBody() {
        fails(saying(OK + "Content-Length: 10\r\n\r\n12345"), Reason.TIMEOUT);
    }

    @Test
    void endsWhenTheHeadTrickles() {
        fails(
                RawHost.tls(identity, HTTP_1_1, RawHost.repeats(OK + "X-Slow: ", "x", 20)),
                Reason.TIMEOUT);
    }

    @Test
    void endsWhenTheBodyTrickles() {
        fails(
                RawHost.tls(
                        identity,
                        HTTP_1_1,
                        RawHost.repeats(OK + "Content-Length: 60000\r\n\r\n", "x", 20)),
                Reason.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1",
                OK,
                OK + "Content-Length: 10\r\n\r\n12345",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n"
            })
    void knowsHalfAnAnswer(String half) {
        fails(
                RawHost.tls(
                        identity,
                        HTTP_1_1,
                        connection -> {
                            RawHost.readHead(connection);
                            RawHost.say(connection, half);
                        }),
                Reason.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/3.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 -5 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 99 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 199 OK\r\n\r\n",
                "HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
                OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"
            })
    void refusesWhatIsNoAnswer(String answer) {
        fails(saying(answer), Reason.BROKEN);
    }

    @Test
    void endsEndlessHeaders() {
        fails(
                RawHost.tls(
                        identity,
                        HTTP_1_1,
                        RawHost.repeats(OK, "X-More: " + "y".repeat(50) + "\r\n", 0)),
                Reason.BROKEN);
    }

    @Test
    void endsAnEndlessStatusLine() {
        fails(
                RawHost.tls(identity, HTTP_1_1, RawHost.repeats("HTTP/1.1 200 ", "OK", 0)),
                Reason.BROKEN);
    }

    @Test
    void refusesMoreHeadersThanAnybodySends() {
        String header = "x: y\r\n";
        int most = Exchange.MOST_HEADERS;
        String end = "Content-Length: 0\r\n\r\n";

        try (RawHost host = saying(OK + header.repeat(most - 1) + end)) {
            assertThat(calling.get(at(host.port())).status()).isEqualTo(200);
        }
        fails(saying(OK + header.repeat(most) + end), Reason.BROKEN);
    }

    @Test
    void endsAnswersBeforeTheAnswer() {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n";
        String end = OK + "Content-Length: 0\r\n\r\n";

        try (RawHost host = saying(interim.repeat(Exchange.MOST_INTERIM / 2) + end)) {
            assertThat(calling.get(at(host.port())).status()).isEqualTo(200);
        }
        fails(saying(interim.repeat(Exchange.MOST_INTERIM / 2 + 1)), Reason.BROKEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void cutsABodyWithoutEnd(HttpVersion version) {
        GoodHost host = good(version).listen(this::endless);

        Answer answer = calling.get(at(host.port()));

        assertThat(answer.cut()).isTrue();
        assertThat(answer.body()).hasSize(Calling.MOST_OCTETS);
        Calling.until(() -> host.requests.getFirst().response().closed());
    }

    private void endless(HttpServerRequest request) {
        request.response().setChunked(true);
        pour(request);
    }

    private void pour(HttpServerRequest request) {
        if (!request.response().closed()) {
            request.response().write(Buffer.buffer(new byte[8192])).onSuccess(ok -> pour(request));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void doesNotAskAgainWhereNobodyAnswered(HttpVersion version) {
        AtomicInteger asked = new AtomicInteger();
        GoodHost host =
                good(version)
                        .listen(request -> {
                            if (asked.incrementAndGet() > 1) {
                                request.response().end();
                            }
                        });

        calling.hurry();
        calling.fails(at(host.port()), Reason.TIMEOUT);

        assertThat(calling.get(at(host.port())).status()).isEqualTo(200);
        assertThat(host.connections).hasValue(2);
    }

    @Test
    void knowsAnAnswerThatHttp2TakesBack() {
        GoodHost host =
                good(HttpVersion.HTTP_2)
                        .listen(request -> {
                            request.response().setChunked(true).write("half");
                            request.response().reset(2);
                        });

        calling.fails(at(host.port()), Reason.BROKEN);
    }

    @Test
    void endsTooManyHeadersOverHttp2() {
        GoodHost host =
                good(HttpVersion.HTTP_2)
                        .listen(request -> {
                            for (int i = 0; i < Exchange.MOST_HEADERS - 20; i++) {
                                request.response().putHeader("x-more-" + i, "y".repeat(150));
                            }
                            request.response().end();
                        });

        calling.fails(at(host.port()), Reason.BROKEN);
    }

    @Test
    void endsAnswersBeforeTheAnswerOverHttp2() {
        GoodHost host =
                good(HttpVersion.HTTP_2)
                        .listen(request -> {
                            for (int i = 0; i <= Exchange.MOST_INTERIM; i++) {
                                request.response().writeContinue();
                            }
                        });

        calling.fails(at(host.port()), Reason.BROKEN);
    }

    @Test
    void doesNotWaitForAPeerThatHungUpBetweenCalls() throws IOException {
        try (RawHost host = RawHost.tls(identity, HTTP_1_1, BadHostTest::answerOnce)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(calling.get(at(host.port())).status()).isEqualTo(204);
                int calls = i;
                Calling.until(() -> host.ended.get() == calls);
            }
        }
    }

    private static void answerOnce(Socket connection) throws IOException {
        RawHost.readHead(connection);
        RawHost.say(connection, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
    }

    private GoodHost good(HttpVersion version) {
        return new GoodHost(calling.vertx, calling.named(NAME)).speaking(version);
    }
}
