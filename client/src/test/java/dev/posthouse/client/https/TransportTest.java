package dev.posthouse.client.https;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.https.Answer.Later;
import dev.posthouse.client.https.Transport.Limits;
import dev.posthouse.client.testing.FakeDoor;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.TestSite;
import dev.posthouse.common.net.IpAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are slow or speak something else. */
@Timeout(20)
class TransportTest {

    private static final Trust TRUST = new Trust(Path.of("anchor"), TestSite.SERVICES.chain());
    private static final IpAddress HERE = IpAddress.parse("127.0.0.1");
    private static final Limits SHORT =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(1), 1024);
    private static final SSLContext TLS =
            TestSite.tls(TestSite.SERVICES, TestSite.CLOCK, "127.0.0.1");

    @Test
    void aServerThatAcceptsAndIsSilentIsLeftAfterAWhile() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Answer answer = post(URI.create("https://127.0.0.1:" + silent.getLocalPort()));

            assertThat(answer).isInstanceOf(Later.class);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsLeftAfterAWhile() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (FakeDoor door =
                new FakeDoor(
                        TLS,
                        call -> {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return Reply.json(200, "{}");
                        })) {
            Answer answer = post(door.url());
            end.countDown();

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Later.class,
                            later -> assertThat(later.reason()).contains("no whole answer in 1 s"));
        }
    }

    @Test
    void aServerWithoutTlsIsNoServer() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerInPlain(plain));

            Answer answer = post(URI.create("https://127.0.0.1:" + plain.getLocalPort()));

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Later.class, later -> assertThat(later.reason()).contains("broke"));
        }
    }

    private static Answer post(URI url) {
        Failing failing = new Failing(TRUST, TestSite.CLOCK);
        Transport transport = new Transport(url, TRUST, HERE, SHORT);
        try (JsonDoor door = new JsonDoor(url, transport, failing, TestSite.CLOCK)) {
            return door.post("{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void answerInPlain(ServerSocket plain) {
        try (Socket socket = plain.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        } catch (java.io.IOException e) {
            // The caller has gone.
        }
    }
}
