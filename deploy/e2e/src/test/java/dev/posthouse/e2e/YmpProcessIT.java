package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a host's process begins and ends, as others see it. */
final class YmpProcessIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final String NO_CONTENT = "HTTP/1.1 204 ";
    private static final String KEY = "mp.jwt.verify.publickey.location";

    private final Running suite = Running.suite();
    private final Tls anonymous = Tls.anonymous(suite.pki());

    @TempDir Path directory;

    @Test
    void doesNotStartWithAKeyFileThatCannotBeRead() throws Exception {
        ServiceProcess like = suite.processes().service(Running.EAST);
        Map<String, String> settings = Map.of(KEY, "file:" + directory.resolve("none.pem"));
        try (Variant keyless = Variant.start(like, settings, directory)) {
            keyless.process().onExit().get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);

            assertThat(keyless.process().toldToEnd()).isFalse();
            assertThat(String.join("\n", keyless.process().lines()))
                    .contains(KEY + ": cannot be read");
        }
    }

    /** Who is in is answered; who comes now is told to come again. */
    @Test
    void answersThoseWhoAreInAndNoOthersWhenItIsToldToEnd() throws Exception {
        ServiceProcess leaving = suite.processes().startReplica(Service.YMP);
        leaving.part().awaitReady(Running.PATIENCE);
        Thread stopping = Thread.ofVirtual().unstarted(leaving.part()::stop);
        try (HttpClient client = client();
                SSLSocket in = connect(leaving.url())) {
            assertThat(knock(client, leaving.url()).statusCode()).isEqualTo(200);
            write(in, "POST /request HTTP/1.1\r\nHost: " + leaving.url().getAuthority() + "\r\n");
            write(in, "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(read(in, CONTINUE.length())).isEqualTo(CONTINUE);
            stopping.start();

            HttpResponse<String> late = knock(client, leaving.url());
            while (late.statusCode() == 200) {
                late = knock(client, leaving.url());
            }
            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.body()).contains("\"closing\"");
            assertThat(late.headers().firstValueAsLong("Retry-After")).isNotEmpty();

            write(in, "{}");
            assertThat(read(in, NO_CONTENT.length())).isEqualTo(NO_CONTENT);
            stopping.join();
            assertThat(leaving.part().process().toldToEnd()).isTrue();
        } finally {
            leaving.part().stop();
        }
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(anonymous.context())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static HttpResponse<String> knock(HttpClient client, URI door) throws Exception {
        HttpRequest knock =
                HttpRequest.newBuilder(door.resolve("/.well-known/ymp")).timeout(TIMEOUT).build();
        return client.send(knock, BodyHandlers.ofString());
    }

    private SSLSocket connect(URI door) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        anonymous
                                .context()
                                .getSocketFactory()
                                .createSocket(door.getHost(), door.getPort());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        return socket;
    }

    private static void write(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(SSLSocket socket, int octets) throws IOException {
        return new String(socket.getInputStream().readNBytes(octets), StandardCharsets.US_ASCII);
    }
}
