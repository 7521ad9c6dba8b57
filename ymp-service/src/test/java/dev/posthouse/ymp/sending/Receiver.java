package dev.posthouse.ymp.sending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.FakePeer;
import dev.posthouse.ymp.YmpUnderTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A host that grants tokens and takes packets, until a test wants it otherwise. */
public final class Receiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LATE = Duration.ofSeconds(5);

    /** More than this is left of a lease that was renewed after a late answer; else it is less. */
    public static final double UNLESS_RENEWED = Destinations.LEASE.minus(LATE).toMillis() / 1_000.0;

    /** A packet as it came. */
    public record Packet(int number, String token, List<String> ids, String body, long at) {}

    /** What is answered; status 0 takes the packet and drops the connection. */
    public record Reply(int status, Map<String, String> headers) {
        public static Reply of(int status) {
            return new Reply(status, Map.of());
        }
    }

    private final FakePeer peer;
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Packet> packets = new CopyOnWriteArrayList<>();
    private final List<String> inbox = Collections.synchronizedList(new ArrayList<>());
    private final List<Instant> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Packet, Reply> judge = packet -> Reply.of(204);
    private volatile Duration life = Duration.ofHours(1);
    private volatile boolean grants = true;
    private volatile String lastState = "";

    /** The host of that name, to which nothing has ever been sent. */
    public Receiver(String name) {
        this(new FakePeer(name));
        forget(host());
    }

    /** The host of that name, up again. */
    public static Receiver again(String name) {
        return new Receiver(new FakePeer(name));
    }

    private Receiver(FakePeer peer) {
        this.peer = peer;
        peer.answer("/request", this::request);
        peer.answer("/packet", this::packet);
    }

    /** Nothing is known of the host any more. */
    public static void forget(String host) {
        for (String table : List.of("outgoing", "held_token", "pending_state", "peer")) {
            TestDatabase.change("delete from " + table + " where host = ?", host);
        }
    }

    public String host() {
        return peer.host();
    }

    public FakePeer peer() {
        return peer;
    }

    /** From now on makes that of packets. */
    public void judge(Function<Packet, Reply> judge) {
        this.judge = judge;
    }

    /** From now on grants tokens that live so long. */
    public void grantFor(Duration life) {
        this.life = life;
    }

    /** From now on says 204 to requests, and grants nothing. */
    public void grantNothing() {
        grants = false;
    }

    /** Grants what was last asked for. */
    public void grantNow() {
        grant(lastState);
    }

    public List<Packet> packets() {
        return List.copyOf(packets);
    }

    /** The ids of what was taken, in order, each time it was. */
    public List<String> inbox() {
        synchronized (inbox) {
            return List.copyOf(inbox);
        }
    }

    /** When tokens were asked for. */
    public List<Instant> requests() {
        return List.copyOf(requests);
    }

    private void request(HttpServerRequest request, Buffer body) {
        requests.add(Instant.ofEpochMilli(System.currentTimeMillis()));
        lastState = body.toJsonObject().getString("state");
        request.response().setStatusCode(204).end();
        if (grants) {
            String state = lastState;
            Thread.ofVirtual().start(() -> grant(state));
        }
    }

    private void grant(String state) {
        long expires = (System.currentTimeMillis() + life.toMillis() + 500) / 1000;
        String body =
                """
                {"host": "%s", "token": "%s", "expires": %d, "state": "%s"}\
                """
                        .formatted(host(), UUID.randomUUID(), expires, state);
        YmpUnderTest.stranger().contentType("application/json").body(body).post("/grant");
    }

    /** From now on answers that after some seconds. */
    public void answerLate(String path, String body) {
        peer.answer(path, (request, ignored) -> later(LATE, () -> request.response().end(body)));
    }

    /** From now on takes what comes there; how many seconds the sender had still to itself then. */
    public CompletableFuture<Double> leaseAt(String path) {
        CompletableFuture<Double> left = new CompletableFuture<>();
        peer.answer(
                path,
                (request, ignored) ->
                        later(
                                Duration.ZERO,
                                () -> {
                                    left.complete(lease());
                                    request.response().setStatusCode(204).end();
                                }));
        return left;
    }

    private double lease() {
        return Double.parseDouble(
                TestDatabase.ask(
                        "select extract(epoch from lease_until - now()) from peer where host = ?",
                        host()));
    }

    /** Does something after a while, off this thread. */
    public void later(Duration pause, Runnable step) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(step);
    }

    /** Takes a packet as if nothing had been taught about it. */
    public void take(HttpServerRequest request, Buffer body) {
        packet(request, body);
    }

    private void packet(HttpServerRequest request, Buffer body) {
        Packet packet =
                new Packet(
                        numbers.incrementAndGet(),
                        request.getHeader("Authorization"),
                        ids(body.toString()),
                        body.toString(),
                        System.nanoTime());
        packets.add(packet);
        Reply reply = judge.apply(packet);
        if (reply.status() == 204 || reply.status() == 0) {
            inbox.addAll(packet.ids());
        }
        if (reply.status() == 0) {
            request.connection().close();
            return;
        }
        reply.headers().forEach(request.response()::putHeader);
        request.response().setStatusCode(reply.status()).end();
    }

    private static List<String> ids(String body) {
        try {
            List<String> ids = new ArrayList<>();
            for (JsonNode message : JSON.readTree(body).path("packet").path("messages")) {
                ids.add(message.path("id").textValue());
            }
            return ids;
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    @Override
    public void close() {
        peer.close();
    }
}
