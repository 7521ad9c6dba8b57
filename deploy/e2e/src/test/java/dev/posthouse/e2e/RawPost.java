package dev.posthouse.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A client that goes away once the service has begun to answer. */
final class RawPost {

    private RawPost() {}

    static String csr(Device.Session session) {
        return "{\"csr\":\"%s\",\"session_name\":\"%s\"}"
                .formatted(session.csr().replace("\n", "\\n"), session.name());
    }

    static String collection(Device.Session session) {
        return "{\"session_name\":\"%s\"}".formatted(session.name());
    }

    /** The request has arrived and is answered; the answer is not read. */
    static void andHangUp(Running suite, URI url, String body) throws IOException {
        var context = Tls.anonymous(suite.pki()).context();
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            String request =
                    "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(url.getRawPath(), url.getAuthority(), body.length(), body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        }
    }
}
