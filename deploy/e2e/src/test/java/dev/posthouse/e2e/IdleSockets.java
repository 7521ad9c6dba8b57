package dev.posthouse.e2e;

import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS connections on which nothing is sent, or half of what a request begins with. */
final class IdleSockets implements AutoCloseable {

    private static final List<String> BEGUN =
            List.of(
                    "",
                    "POST / HTTP/1.1\r\nHost: local",
                    """
                    POST / HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/vnd.awala.parcel\r
                    Content-Length: 100000\r
                    \r
                    half of it\
                    """);

    private final List<Socket> sockets = new ArrayList<>();

    /** Opens some more. */
    void open(ServiceProcess relay, Running suite, int count) throws IOException {
        SSLSocketFactory tls = Tls.anonymous(suite.pki()).context().getSocketFactory();
        for (int i = 0; i < count; i++) {
            SSLSocket socket = (SSLSocket) tls.createSocket("localhost", relay.url().getPort());
            sockets.add(socket);
            socket.startHandshake();
            String begun = BEGUN.get(i % BEGUN.size());
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** How many the relay has neither answered nor closed. */
    long standing() throws IOException {
        long standing = 0;
        for (Socket socket : sockets) {
            standing += isStanding(socket) ? 1 : 0;
        }
        return standing;
    }

    private static boolean isStanding(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            int _ = socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException cut) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
