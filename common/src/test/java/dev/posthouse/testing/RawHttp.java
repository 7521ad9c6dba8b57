package dev.posthouse.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** HTTP/1.1 byte by byte, for requests that no well-behaved client would send. */
public final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;
    private final InputStream in;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Connects; with TLS that trusts the test's service CA if the URL says https. */
    public static RawHttp connect(URI url) {
        return connect(url, TestPki.shared().anonymous());
    }

    /** Connects from an address of this machine, such as {@code 127.0.0.2}. */
    public static RawHttp connect(URI url, String localAddress) {
        return connect(url, TestPki.shared().anonymous(), localAddress);
    }

    /** Connects with these credentials. */
    public static RawHttp connect(URI url, SSLContext credentials) {
        return connect(url, credentials, "127.0.0.1");
    }

    private static RawHttp connect(URI url, SSLContext credentials, String localAddress) {
        try {
            Socket tcp = new Socket();
            tcp.bind(new InetSocketAddress(InetAddress.ofLiteral(localAddress), 0));
            tcp.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), url.getPort()),
                    PATIENCE_MILLIS);
            if (!url.getScheme().equals("https")) {
                return new RawHttp(tcp);
            }
            SSLSocketFactory factory = credentials.getSocketFactory();
            SSLSocket tls = (SSLSocket) factory.createSocket(tcp, "localhost", url.getPort(), true);
            tls.startHandshake();
            return new RawHttp(tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The certificate the server showed, in a TLS connection. */
    public java.security.cert.Certificate serverCertificate() {
        try {
            return ((SSLSocket) socket).getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text as it stands, one octet a character. */
    public RawHttp send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends octets. */
    public RawHttp send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request whose length is told as it is. */
    public RawHttp request(String requestLine, String headers, byte[] body) {
        return send(requestLine + " HTTP/1.1\r\nHost: localhost\r\n" + headers)
                .send("Content-Length: " + body.length + "\r\n\r\n")
                .send(body);
    }

    /** Receives one answer. */
    public Reply receive() {
        try {
            String statusLine = line();
            Map<String, String> headers = new HashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                String[] field = line.split(":", 2);
                headers.merge(
                        field[0].toLowerCase(Locale.ROOT),
                        field[1].strip(),
                        (one, other) -> one + ", " + other);
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            byte[] body = in.readNBytes(length);
            return new Reply(
                    Integer.parseInt(statusLine.split(" ", 3)[1]),
                    headers,
                    new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Everything the server says until it hangs up; it is told {@code Connection: close}, or does
     * so by itself.
     */
    public String answer() {
        StringBuilder answer = new StringBuilder();
        try {
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

    /** Whether the server hangs up before it says anything more. */
    public boolean isHungUp() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof SocketTimeoutException);
        }
    }

    /** Whether the server answers with a 4xx, or hangs up without an answer. */
    public boolean isRefusedOrHungUp() {
        try {
            int status = receive().status();
            return status >= 400 && status < 500;
        } catch (UncheckedIOException hungUp) {
            return !(hungUp.getCause() instanceof SocketTimeoutException);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the server hung up after: " + line);
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One answer.
     *
     * @param status HTTP
     * @param headers by lower-case name
     * @param body as UTF-8
     */
    public record Reply(int status, Map<String, String> headers, String body) {

        /** A header, or null. */
        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        /** The problem's code, or null. */
        public String code() {
            return body.startsWith("{")
                    ? new io.restassured.path.json.JsonPath(body).getString("code")
                    : null;
        }
    }
}
