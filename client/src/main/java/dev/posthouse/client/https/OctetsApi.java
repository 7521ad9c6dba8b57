package dev.posthouse.client.https;

import dev.posthouse.client.https.Answer.Later;
import dev.posthouse.client.https.Transport.Limits;
import dev.posthouse.client.https.Transport.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls of one server that speaks in octets (RS-007, RS-016), by nobody in particular. */
public final class OctetsApi implements AutoCloseable {

    /** The largest parcel over a slow line. */
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), Duration.ofMinutes(5), 256 << 10);

    private static final int MOST_REDIRECTS = 3;
    private static final String PROBLEMS = "application/json";

    private final URI server;
    private final Transport transport;
    private final Failing failing;
    private final Clock clock;

    /** What is said over a WebSocket, and what comes of it. */
    @FunctionalInterface
    public interface Conversation {

        /** Talks until there is nothing more to say. */
        Answer with(Talk talk) throws IOException;
    }

    /** Opens nothing yet. */
    public OctetsApi(URI server, Trust trust, Clock clock) {
        this.server = server;
        this.transport = new Transport(server, trust.sslContext(), Optional.empty(), LIMITS);
        this.failing = new Failing(trust, clock);
        this.clock = clock;
    }

    /** Gets something of that type. */
    public Answer get(String path, String mediaType) {
        return judge(Expected.body(mediaType)).of(() -> transport.get(path, accept(mediaType)));
    }

    /** Posts for something of that type. */
    public Answer post(String path, Octets octets, String mediaType) {
        return judge(Expected.body(mediaType))
                .of(() -> transport.post(path, octets, accept(mediaType)));
    }

    /** Posts for any success. */
    public Answer post(String path, Octets octets) {
        return judge(Expected.success()).of(() -> transport.post(path, octets, PROBLEMS));
    }

    /**
     * Posts to the server's URL itself for any success, or where the server sends it, three times
     * in a row at most.
     */
    public Answer postAnywhere(Octets octets) {
        return judge(Expected.success()).of(() -> redirected(server, octets));
    }

    /** Talks over a WebSocket. */
    public Answer talk(String path, Map<String, String> headers, Conversation conversation) {
        try (Talk talk = new Talk()) {
            transport.open(path, headers, talk);
            return conversation.with(talk);
        } catch (WebSocketHandshakeException refused) {
            var answer = refused.getResponse();
            Reply reply = new Reply(answer.statusCode(), answer.headers(), new byte[0]);
            return judge(Expected.body("a WebSocket")).of(() -> reply);
        } catch (IOException e) {
            return new Later(failing.reason(server, e), Duration.ZERO, e);
        }
    }

    private Reply redirected(URI url, Octets octets) throws IOException {
        URI next = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Reply reply = transport.post(next, octets, PROBLEMS);
            if (reply.status() != 307 && reply.status() != 308) {
                return reply;
            }
            next = target(next, reply);
        }
        throw new IOException("it was sent from one place to the next too often");
    }

    private static URI target(URI from, Reply reply) throws IOException {
        try {
            return ServerUrl.redirect(from, reply.headers().firstValue("Location").orElse("none:"));
        } catch (IllegalArgumentException e) {
            throw new IOException("it was sent to a place that cannot be called", e);
        }
    }

    private Judge judge(Expected expected) {
        return new Judge(server, expected, failing, clock);
    }

    private static String accept(String mediaType) {
        return mediaType + ", " + PROBLEMS;
    }

    @Override
    public void close() {
        transport.close();
    }
}
