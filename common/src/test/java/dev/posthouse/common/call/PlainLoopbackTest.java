package dev.posthouse.common.call;

import static dev.posthouse.common.call.Calling.NAME;
import static dev.posthouse.common.call.Calling.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.common.guard.Destination;
import dev.posthouse.testing.Loopback;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PoHTTP, section 9, loopback: TLS is tried, and only its absence leads to plain HTTP. */
final class PlainLoopbackTest {

    private static final String OK = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

    private final Calling calling = new Calling();

    @AfterEach
    void end() {
        calling.close();
    }

    private Answer call(Destination where, Speech speech) {
        Deadline whole = Deadline.in(Duration.ofSeconds(10));
        return calling.client()
                .call(where, Call.post("/", Map.of(), new byte[] {1, 2}), speech, whole);
    }

    private void fails(Destination where, Speech speech, Reason reason) {
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> call(where, speech))
                .extracting(CallFailed::reason)
                .isEqualTo(reason);
    }

    /** Answers whatever its first octets are: no record of TLS, and after a request 202. */
    private static void answers(Socket connection) throws IOException {
        int first = connection.getInputStream().read();
        if (first == 'P') {
            RawHost.readHead(connection);
            RawHost.say(connection, OK);
        } else {
            RawHost.say(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    }

    private static void hangsUpOnTls(Socket connection) throws IOException {
        if (connection.getInputStream().read() == 'P') {
            RawHost.readHead(connection);
            RawHost.say(connection, OK);
        } else {
            connection.setSoLinger(true, 0);
        }
    }

    private static void takesPlainHttp(Socket connection) throws IOException {
        RawHost.readHead(connection);
        RawHost.say(connection, OK);
    }

    @Test
    void repeatsInPlainHttpWhereTheAnswerIsNoTls() {
        try (RawHost host = RawHost.plain(PlainLoopbackTest::answers)) {
            assertThat(call(at(host.port()), Speech.TLS_OR_PLAIN).status()).isEqualTo(202);
        }
    }

    @Test
    void repeatsInPlainHttpWhereTheHostHangsUpWithoutAWord() {
        try (RawHost host = RawHost.plain(PlainLoopbackTest::hangsUpOnTls)) {
            assertThat(call(at(host.port()), Speech.TLS_OR_PLAIN).status()).isEqualTo(202);
        }
    }

    @Test
    void keepsThePlainConnectionForTheNextCall() {
        AtomicInteger connections = new AtomicInteger();
        List<String> hosts = new CopyOnWriteArrayList<>();
        HttpServer server =
                calling.vertx
                        .createHttpServer()
                        .connectionHandler(ignored -> connections.incrementAndGet())
                        .requestHandler(request -> {
                            hosts.add(request.version() + " " + request.getHeader("Host"));
                            request.response().end();
                        })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        Destination where = at(server.actualPort());
        call(where, Speech.TLS_OR_PLAIN);
        int after = connections.get();

        call(where, Speech.TLS_OR_PLAIN);
        call(where, Speech.PLAIN);

        assertThat(connections).hasValue(after);
        assertThat(hosts)
                .containsOnly(HttpVersion.HTTP_1_1 + " " + NAME + ":" + server.actualPort());
    }

    @Test
    void goesToPlainHttpAtOnceWhereToldTo() {
        try (RawHost host = RawHost.plain(PlainLoopbackTest::takesPlainHttp)) {
            assertThat(call(at(host.port()), Speech.PLAIN).status()).isEqualTo(202);
            assertThat(host.connections).hasValue(1);
        }
    }

    @Test
    void speaksTlsWhereTheHostDoes() {
        GoodHost host =
                new GoodHost(calling.vertx, calling.named(NAME))
                        .listen(request -> request.response().end());

        assertThat(call(at(host.port()), Speech.TLS_OR_PLAIN).status()).isEqualTo(200);
        assertThat(host.requests.getFirst().isSSL()).isTrue();
        assertThat(host.connections).hasValue(1);
    }

    @Test
    void takesABadCertificateForWhatItIs() {
        GoodHost host =
                new GoodHost(calling.vertx, calling.named("other.example"))
                        .listen(request -> request.response().end());

        fails(at(host.port()), Speech.TLS_OR_PLAIN, Reason.CERTIFICATE);
        assertThat(host.requests).isEmpty();
    }

    @Test
    void takesATlsThatFailsForWhatItIs() {
        GoodHost host =
                new GoodHost(calling.vertx, calling.named(NAME))
                        .speaking("TLSv1.2")
                        .listen(request -> request.response().end());
        calling.use(calling.trust().newestOnly());

        fails(at(host.port()), Speech.TLS_OR_PLAIN, Reason.TLS);
        assertThat(host.requests).isEmpty();
    }

    /** Half a handshake, and then something else: it knows TLS. */
    @Test
    void takesABrokenHandshakeForWhatItIs() {
        AtomicInteger plain = new AtomicInteger();
        try (RawHost host =
                RawHost.plain(connection -> {
                    if (connection.getInputStream().read() == 'P') {
                        plain.incrementAndGet();
                    }
                    RawHost.say(connection, "\u0016\u0003\u0003\u0000\u0002");
                })) {
            fails(at(host.port()), Speech.TLS_OR_PLAIN, Reason.TLS);
        }
        assertThat(plain).hasValue(0);
    }

    @Test
    void waitsForNoTlsNoLongerThanForTls() {
        calling.hurry();
        try (RawHost host = RawHost.plain(RawHost::hang)) {
            long begun = System.nanoTime();

            fails(at(host.port()), Speech.TLS_OR_PLAIN, Reason.CONNECT);

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Calling.SHORT.multipliedBy(2));
        }
    }

    @Test
    void saysWhenNobodyListens() {
        fails(at(Loopback.freePort()), Speech.TLS_OR_PLAIN, Reason.CONNECT);
        fails(at(Loopback.freePort()), Speech.PLAIN, Reason.CONNECT);
    }

    /** By the address that is connected to, not by the name: this one is elsewhere. */
    @ParameterizedTest
    @EnumSource(names = {"TLS_OR_PLAIN", "PLAIN"})
    void neverSpeaksPlainHttpWithAnotherMachine(Speech speech) throws IOException {
        InetAddress own = otherAddress();
        AtomicInteger plain = new AtomicInteger();
        try (RawHost host =
                RawHost.plain(
                        own,
                        connection -> {
                            if (connection.getInputStream().read() == 'P') {
                                plain.incrementAndGet();
                            }
                            RawHost.say(connection, OK);
                        })) {
            fails(at("localhost", host.port(), own.getHostAddress()), speech, Reason.TLS);
        }
        assertThat(plain).hasValue(0);
    }

    private static InetAddress otherAddress() throws IOException {
        Optional<InetAddress> other =
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> address instanceof Inet4Address)
                        .filter(address -> !address.isLoopbackAddress())
                        .findFirst();
        assumeThat(other).isPresent();
        return other.orElseThrow();
    }
}
