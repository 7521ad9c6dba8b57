package dev.posthouse.relay.collection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.posthouse.testing.TestPki;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/** A client that collects by the JDK's WebSocket. */
final class CollectingClient implements WebSocket.Listener, AutoCloseable {

    private static final int PATIENCE = 15;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().sslContext(TestPki.shared().anonymous()).build();

    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private WebSocket socket;

    /**
     * What has been delivered.
     *
     * @param id by which it is acknowledged
     * @param parcel its octets
     */
    @SuppressWarnings("ArrayRecordComponent") // Looked at once, never compared.
    record Delivered(UUID id, byte[] parcel) {

        static Delivered read(byte[] message) {
            ASN1Sequence fields = ASN1Sequence.getInstance(message);
            return new Delivered(
                    UUID.fromString(new String(octets(fields, 0), US_ASCII)), octets(fields, 1));
        }

        private static byte[] octets(ASN1Sequence fields, int place) {
            ASN1TaggedObject field = ASN1TaggedObject.getInstance(fields.getObjectAt(place));
            return ASN1OctetString.getInstance(field, false).getOctets();
        }
    }

    private CollectingClient() {}

    /** Connects; headers are names and values in turn. */
    static CollectingClient connect(URI door, String... headers) {
        CollectingClient client = new CollectingClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket = builder.buildAsync(door, client).join();
        return client;
    }

    /** Connects, and answers the challenge. */
    static CollectingClient collect(URI door, CollectingGateway gateway, String... headers) {
        CollectingClient client = connect(door, headers);
        client.send(gateway.answer(client.next()));
        return client;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] octets = new byte[data.remaining()];
        data.get(octets);
        message.writeBytes(octets);
        if (last) {
            messages.add(message.toByteArray());
            message.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer data) {
        pings.incrementAndGet();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    /** The next message, if there is one in a moment. */
    Optional<byte[]> nextOrNone() {
        try {
            return Optional.ofNullable(messages.poll(2, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next message; fails if there is none. */
    byte[] next() {
        try {
            byte[] next = messages.poll(PATIENCE, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing comes; closed: " + closed);
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next delivery. */
    Delivered delivered() {
        return Delivered.read(next());
    }

    /** The next deliveries. */
    List<Delivered> delivered(int count) {
        List<Delivered> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(delivered());
        }
        return all;
    }

    /** Whether nothing comes for a moment. */
    boolean isSilent() {
        try {
            return messages.poll(700, TimeUnit.MILLISECONDS) == null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void send(byte[] octets) {
        socket.sendBinary(ByteBuffer.wrap(octets), true).join();
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    void acknowledge(Delivered delivered) {
        sendText(delivered.id().toString());
    }

    int pings() {
        return pings.get();
    }

    /** The code with which the server closes. */
    int closeCode() {
        try {
            return closed.get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** Leaves as clients do. */
    void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        closeCode();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
