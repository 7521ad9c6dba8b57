package dev.posthouse.common.call;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A stranger's host that does what no HTTP server would. */
final class RawHost implements AutoCloseable {

    /** What it does with a connection; the connection ends with it. */
    @FunctionalInterface
    interface Deed {

        void on(Socket connection) throws IOException, InterruptedException;
    }

    final AtomicInteger connections = new AtomicInteger();

    /** Connections that ended, seen from here. */
    final AtomicInteger ended = new AtomicInteger();

    final List<String> names = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;

    private RawHost(ServerSocket listener, Deed deed) {
        this.listener = listener;
        Thread.startVirtualThread(() -> accept(deed));
    }

    /** Without TLS. */
    static RawHost plain(Deed deed) {
        return plain(InetAddress.ofLiteral("127.0.0.1"), deed);
    }

    /** The same at another address of this machine. */
    static RawHost plain(InetAddress address, Deed deed) {
        try {
            return new RawHost(new ServerSocket(0, 50, address), deed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With TLS, and this protocol from ALPN. */
    static RawHost tls(SSLContext identity, String protocol, Deed deed) {
        try {
            SSLServerSocket listener =
                    (SSLServerSocket)
                            identity.getServerSocketFactory()
                                    .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
            var parameters = listener.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {protocol});
            listener.setSSLParameters(parameters);
            return new RawHost(listener, deed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Deed deed) {
        try {
            while (!listener.isClosed()) {
                Socket connection = listener.accept();
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(deed, connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Deed deed, Socket connection) {
        try (connection) {
            if (connection instanceof SSLSocket tls) {
                tls.startHandshake();
                ((ExtendedSSLSession) tls.getSession())
                        .getRequestedServerNames()
                        .forEach(name -> names.add(new String(name.getEncoded(), ISO_8859_1)));
            }
            deed.on(connection);
        } catch (IOException | InterruptedException hungUp) {
            // What the other side does is what the test looks at.
        } finally {
            ended.incrementAndGet();
        }
    }

    /** A deed: nothing, until the other side hangs up. */
    static void hang(Socket connection) throws IOException {
        while (connection.getInputStream().read() >= 0) {
            // Whatever it says.
        }
    }

    /** A deed that reads a request without body, says this, and stays. */
    static Deed says(String answer) {
        return connection -> {
            readHead(connection);
            say(connection, answer);
            hang(connection);
        };
    }

    /** A deed that reads a request without body, says this over and over, and never ends. */
    static Deed repeats(String first, String again, long pauseMillis) {
        return connection -> {
            readHead(connection);
            say(connection, first);
            while (true) {
                say(connection, again);
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            }
        };
    }

    static void say(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    static void readHead(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = connection.getInputStream().read();
            if (octet < 0) {
                throw new IOException("hung up");
            }
            head.append((char) octet);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
