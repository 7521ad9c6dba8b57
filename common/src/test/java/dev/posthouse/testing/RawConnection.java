package dev.posthouse.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A TLS connection to a door on which a test writes what no HTTP client would. Every request is to
 * say {@code Connection: close}, unless the server is to hang up by itself.
 */
public final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final SSLSocket socket;

    private RawConnection(SSLSocket socket) {
        this.socket = socket;
    }

    /**
     * Connects.
     *
     * @param from the local address, such as {@code 127.0.0.2}
     */
    public static RawConnection open(URI door, SSLContext credentials, String from) {
        try {
            SSLSocket socket =
                    (SSLSocket)
                            credentials
                                    .getSocketFactory()
                                    .createSocket(
                                            InetAddress.ofLiteral("127.0.0.1"),
                                            door.getPort(),
                                            InetAddress.ofLiteral(from),
                                            0);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes these characters, each as one octet. */
    public RawConnection send(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    /** Writes these octets. */
    public RawConnection send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything the server says until it hangs up. */
    public String answer() {
        StringBuilder answer = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                answer.append((char) octet);
            }
            return answer.toString();
        } catch (SocketTimeoutException silence) {
            throw new AssertionError("the server does not hang up; it said " + answer, silence);
        } catch (SocketException reset) {
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
