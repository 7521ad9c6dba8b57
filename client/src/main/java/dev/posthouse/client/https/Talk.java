package dev.posthouse.client.https;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One conversation over a WebSocket, message by message. The server pings; when nothing at all has
 * come for seven seconds the line is dead (RS-016).
 */
public final class Talk implements WebSocket.Listener, AutoCloseable {

    /** The longest message, a parcel and what is around it. */
    private static final int LONGEST = 9 << 20;

    /** What may wait to be taken; whoever sends more does not wait for acknowledgements. */
    private static final int MOST_WAITING = 96 << 20;

    private static final int SILENCE = 7;
    private static final int TO_SEND = 60;

    /** What came. */
    private sealed interface Event {

        /** A ping, or a part of a message. */
        record SignOfLife() implements Event {}

        @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
        record Message(byte[] octets) implements Event {}

        record Closed(int code) implements Event {}

        record Broken(IOException why) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final AtomicLong waiting = new AtomicLong();
    private ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private int closeCode;

    Talk() {}

    /**
     * The next message, or nothing when the server has closed.
     *
     * @throws IOException when the line is dead
     */
    public Optional<byte[]> next() throws IOException {
        while (true) {
            switch (poll()) {
                case Event.SignOfLife alive -> {}
                case Event.Message message -> {
                    waiting.addAndGet(-message.octets().length);
                    return Optional.of(message.octets());
                }
                case Event.Closed closed -> {
                    closeCode = closed.code();
                    return Optional.empty();
                }
                case Event.Broken broken ->
                        throw new IOException(broken.why().getMessage(), broken.why());
            }
        }
    }

    /** Why the server closed (RFC 6455, section 7.4). */
    public int closeCode() {
        return closeCode;
    }

    /** Sends octets. */
    public void send(byte[] octets) throws IOException {
        await(socket().sendBinary(ByteBuffer.wrap(octets), true));
    }

    /** Sends a text. */
    public void send(String text) throws IOException {
        await(socket().sendText(text, true));
    }

    /** Says that nothing more is wanted. */
    public void end() throws IOException {
        await(socket().sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }

    @Override
    public void close() {
        if (opened.isDone() && !opened.isCompletedExceptionally()) {
            opened.join().abort();
        }
    }

    @Override
    public void onOpen(WebSocket socket) {
        opened.complete(socket);
        socket.request(1);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        byte[] octets = new byte[data.remaining()];
        data.get(octets);
        if (parts.size() + octets.length > LONGEST
                || waiting.addAndGet(octets.length) > MOST_WAITING) {
            onError(socket, new IOException("it says more than it may"));
            socket.abort();
            return null;
        }
        parts.writeBytes(octets);
        if (last) {
            events.add(new Event.Message(parts.toByteArray()));
            parts = new ByteArrayOutputStream();
        }
        return alive(socket);
    }

    /** No server of ours sends any. */
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        return alive(socket);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        return alive(socket);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        return alive(socket);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        events.add(new Event.Closed(code));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        events.add(new Event.Broken(error instanceof IOException io ? io : new IOException(error)));
    }

    private CompletionStage<?> alive(WebSocket socket) {
        if (events.isEmpty()) {
            events.add(new Event.SignOfLife());
        }
        socket.request(1);
        return null;
    }

    private Event poll() throws IOException {
        try {
            Event event = events.poll(SILENCE, TimeUnit.SECONDS);
            return event != null
                    ? event
                    : new Event.Broken(new IOException("no sign of life for " + SILENCE + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private WebSocket socket() {
        return opened.join();
    }

    private static void await(CompletableFuture<WebSocket> sending) throws IOException {
        try {
            var _ = sending.get(TO_SEND, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("nothing goes out any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
    }
}
