package dev.posthouse.relay.collection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/** A WebSocket on which a test does what no client would, over plain HTTP. */
final class RawWebSocket implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT = 126;
    private static final int SMALL_BUFFER = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final DataInputStream in;

    /**
     * A frame.
     *
     * @param kind text, binary, ping and so on
     * @param last whether its message ends with it
     * @param octets in it
     */
    @SuppressWarnings("ArrayRecordComponent") // Looked at once, never compared.
    record Frame(int kind, boolean last, byte[] octets) {

        /** Of a close frame. */
        int code() {
            return (octets[0] & 0xff) << 8 | (octets[1] & 0xff);
        }
    }

    private RawWebSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects without a word. */
    static RawWebSocket connect(int port) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return new RawWebSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects, and the server has agreed. */
    static RawWebSocket open(int port, String... headers) {
        RawWebSocket opened = connect(port);
        String answer = opened.ask(handshake(headers));
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(answer);
        }
        return opened;
    }

    /** The head of a good request. */
    static String handshake(String... more) {
        return "GET /v1/parcel-collection HTTP/1.1\r\n"
                + "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + String.join("", java.util.Arrays.stream(more).map(h -> h + "\r\n").toList())
                + "\r\n";
    }

    /** Sends the head of a request and reads the head of the answer. */
    String ask(String request) {
        try {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                answer.append((char) in.readUnsignedByte());
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame, whatever it is. */
    Frame next() {
        try {
            int head = in.readUnsignedByte();
            long length = in.readUnsignedByte();
            if (length == SHORT) {
                length = in.readUnsignedShort();
            } else if (length > SHORT) {
                length = in.readLong();
            }
            byte[] octets = new byte[Math.toIntExact(length)];
            in.readFully(octets);
            return new Frame(head & 0xf, (head & FINAL) != 0, octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame of that kind. */
    Frame next(int kind) {
        Frame frame = next();
        while (frame.kind() != kind) {
            frame = next();
        }
        return frame;
    }

    /** The next message, as one who answers pings. */
    byte[] message() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean last = false;
        while (!last) {
            Frame frame = next();
            if (frame.kind() == PING) {
                send(PONG, frame.octets());
            } else {
                message.writeBytes(frame.octets());
                last = frame.last();
            }
        }
        return message.toByteArray();
    }

    /** The code with which the server closes one who answers pings. */
    int closeCodeInTheEnd() {
        Frame frame = next();
        while (frame.kind() != CLOSE) {
            if (frame.kind() == PING) {
                send(PONG, frame.octets());
            }
            frame = next();
        }
        return frame.code();
    }

    /** Reads until the server hangs up, and answers nothing. */
    void untilEnd() {
        try {
            while (in.read() >= 0) {
                // And on.
            }
        } catch (EOFException | SocketException cut) {
            // So it has.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code with which the server closes, whatever it sends before. */
    int closeCode() {
        return next(CLOSE).code();
    }

    /** Sends a whole message. */
    void send(int kind, byte[] octets) {
        send(kind, true, octets);
    }

    /** Sends a frame. */
    void send(int kind, boolean last, byte[] octets) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(kind | (last ? FINAL : 0));
        if (octets.length < SHORT) {
            frame.write(MASKED | octets.length);
        } else if (octets.length <= 0xffff) {
            frame.write(MASKED | SHORT);
            frame.write(octets.length >> 8);
            frame.write(octets.length);
        } else {
            frame.write(MASKED | (SHORT + 1));
            frame.writeBytes(
                    java.nio.ByteBuffer.allocate(Long.BYTES).putLong(octets.length).array());
        }
        // A mask of zeros.
        frame.writeBytes(new byte[Integer.BYTES]);
        frame.writeBytes(octets);
        try {
            socket.getOutputStream().write(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long the server takes pings of one who reads nothing. */
    Duration untilCut() {
        long begun = System.nanoTime();
        try {
            while (System.nanoTime() - begun < PATIENCE.toNanos()) {
                send(PING, new byte[100]);
            }
        } catch (UncheckedIOException cut) {
            // So it has.
        }
        return Duration.ofNanos(System.nanoTime() - begun);
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
