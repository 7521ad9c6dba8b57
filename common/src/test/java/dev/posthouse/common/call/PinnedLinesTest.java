package dev.posthouse.common.call;

import static dev.posthouse.common.call.Calling.NAME;
import static dev.posthouse.common.call.Calling.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.testing.Loopback;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** YMP, section 5: to that resolved address, in turn; section 8: what is kept, and for whom. */
final class PinnedLinesTest {

    private final Calling calling = new Calling();
    private final GoodHost host = new GoodHost(calling.vertx, calling.named(NAME, "twin.example"));

    @AfterEach
    void end() {
        calling.close();
    }

    private static void ok(HttpServerRequest request) {
        request.response().end();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void sharesNoConnectionBetweenTwoNamesOfOneAddress(HttpVersion version) {
        host.speaking(version).listen(PinnedLinesTest::ok);

        calling.get(at(host.port()));
        calling.get(at("twin.example", host.port(), "127.0.0.1"));
        calling.get(at(host.port()));

        assertThat(host.connections).hasValue(2);
        assertThat(host.requests)
                .extracting(request -> request.connection().indicatedServerName())
                .containsExactly(NAME, "twin.example", NAME);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void verifiesEachNameThoughAConnectionToItsAddressIsOpen(HttpVersion version) {
        host.speaking(version).listen(PinnedLinesTest::ok);

        calling.get(at(host.port()));

        calling.fails(at("third.example", host.port(), "127.0.0.1"), Reason.CERTIFICATE);
        assertThat(host.requests).hasSize(1);
    }

    @Test
    void sharesNoConnectionBetweenTwoAddressesOfOneName() {
        host.listen("127.0.0.1", 0, PinnedLinesTest::ok);
        GoodHost other =
                new GoodHost(calling.vertx, calling.named(NAME))
                        .listen("127.0.0.2", host.port(), PinnedLinesTest::ok);

        calling.get(at(NAME, host.port(), "127.0.0.1"));
        calling.get(at(NAME, host.port(), "127.0.0.2"));

        assertThat(host.requests).hasSize(1);
        assertThat(other.requests).hasSize(1);
    }

    @Test
    void triesTheNextAddressWhenOneRefuses() {
        host.listen(PinnedLinesTest::ok);

        assertThat(
                        calling.get(at(NAME, host.port(), "127.0.0.3", "127.0.0.2", "127.0.0.1"))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void triesTheNextAddressWhenOneTakesNoConnection() throws IOException {
        host.listen(PinnedLinesTest::ok);
        try (Full full = new Full("127.0.0.2", host.port())) {
            assertThat(full.isFull()).isTrue();
            calling.hurry();

            assertThat(calling.get(at(NAME, host.port(), "127.0.0.2", "127.0.0.1")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void remembersWhichAddressTookAConnection() throws IOException {
        host.listen(PinnedLinesTest::ok);
        try (Full full = new Full("127.0.0.2", host.port())) {
            assertThat(full.isFull()).isTrue();
            calling.hurry();
            calling.get(at(NAME, host.port(), "127.0.0.2", "127.0.0.1"));
            Instant begun = clock();

            calling.get(at(NAME, host.port(), "127.0.0.2", "127.0.0.1"));

            assertThat(Duration.between(begun, clock())).isLessThan(Calling.SHORT.dividedBy(2));
        }
    }

    @Test
    void triesTheNextAddressWhenOneHasTheWrongCertificate() {
        GoodHost wrong =
                new GoodHost(calling.vertx, calling.named("other.example"))
                        .listen("127.0.0.1", 0, PinnedLinesTest::ok);
        host.listen("127.0.0.2", wrong.port(), PinnedLinesTest::ok);

        assertThat(calling.get(at(NAME, wrong.port(), "127.0.0.1", "127.0.0.2")).status())
                .isEqualTo(200);
        assertThat(wrong.requests).isEmpty();
    }

    @Test
    void saysWhenNoAddressTakesAConnection() {
        calling.fails(at(NAME, Loopback.freePort(), "127.0.0.1", "127.0.0.2"), Reason.CONNECT);
    }

    @Test
    void givesAllAddressesTogetherTheConnectTime() throws IOException {
        int port = Loopback.freePort();
        try (Full one = new Full("127.0.0.1", port);
                Full two = new Full("127.0.0.2", port)) {
            assertThat(one.isFull() && two.isFull()).isTrue();
            calling.hurry();
            Instant begun = clock();

            calling.fails(at(NAME, port, "127.0.0.1", "127.0.0.2"), Reason.CONNECT);

            assertThat(Duration.between(begun, clock()))
                    .isBetween(Calling.SHORT, Calling.SHORT.multipliedBy(2).minusMillis(100));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesManyCallsAtOnce(HttpVersion version) throws Exception {
        host.speaking(version)
                .listen(request -> calling.vertx.setTimer(20, ignored -> request.response().end()));
        Callable<Answer> call = () -> calling.get(at(host.port()));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers =
                    IntStream.range(0, 200).mapToObj(i -> callers.submit(call)).toList();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(host.connections.get()).isBetween(1, Line.MOST_CONNECTIONS);
    }

    @Test
    void usesOneConnectionOfHttp2ForCallsSideBySide() throws Exception {
        host.listen(request -> calling.vertx.setTimer(20, ignored -> request.response().end()));
        calling.get(at(host.port()));
        Callable<Answer> call = () -> calling.get(at(host.port()));

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            callers.invokeAll(Collections.nCopies(50, call));
        }

        assertThat(host.requests).hasSize(51);
        assertThat(host.connections).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void closesWhatNobodyUses(HttpVersion version) {
        calling.keep(Duration.ofMillis(300));
        host.speaking(version).listen(PinnedLinesTest::ok);

        calling.get(at(host.port()));

        assertThat(calling.client().lines()).isEqualTo(1);
        Calling.until(() -> host.open.get() == 0 && calling.client().lines() == 0);
    }

    @Test
    void keepsABoundedNumberOfIdleLines() {
        GoodHost many =
                new GoodHost(calling.vertx, calling.named("*.many.example"))
                        .listen(PinnedLinesTest::ok);

        for (int i = 0; i < Lines.MOST_IDLE + 10; i++) {
            calling.get(at("a" + i + ".many.example", many.port(), "127.0.0.1"));
        }

        assertThat(calling.client().lines()).isEqualTo(Lines.MOST_IDLE);
        calling.get(at("a0.many.example", many.port(), "127.0.0.1"));
        calling.get(at("a137.many.example", many.port(), "127.0.0.1"));
        assertThat(many.connections).hasValue(Lines.MOST_IDLE + 11);
    }

    @Test
    void endsCallsAndConnectionsWhenClosed() throws Exception {
        host.listen(request -> {});
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> call = callers.submit(() -> calling.fails(at(host.port()), Reason.CLOSED));
            Calling.until(() -> !host.requests.isEmpty());

            calling.client().close();

            call.get();
        }
        Calling.until(() -> host.open.get() == 0);
        calling.fails(at(host.port()), Reason.CLOSED);
        assertThat(calling.client().lines()).isZero();
    }

    private static Instant clock() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    /** An address that takes no more connections: the kernel does not answer. */
    private static final class Full implements AutoCloseable {

        private final ServerSocket listener;
        private final Socket first = new Socket();
        private final Socket second = new Socket();
        private boolean full;

        Full(String address, int port) throws IOException {
            listener = new ServerSocket(port, 1, InetAddress.ofLiteral(address));
            InetSocketAddress where = new InetSocketAddress(InetAddress.ofLiteral(address), port);
            first.connect(where);
            second.connect(where);
            try (Socket third = new Socket()) {
                third.connect(where, 200);
            } catch (java.net.SocketTimeoutException hanging) {
                full = true;
            }
        }

        boolean isFull() {
            return full;
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
            listener.close();
        }
    }
}
