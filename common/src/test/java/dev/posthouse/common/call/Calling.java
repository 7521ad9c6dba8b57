package dev.posthouse.common.call;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.common.guard.Destination;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.testing.TestPki;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A caller that trusts one test's CA, and the places of hosts on this machine. */
final class Calling implements AutoCloseable {

    static final String NAME = "stranger.example";
    static final int MOST_OCTETS = 65_536;

    /** What a test waits for when it waits for a limit. */
    static final Duration SHORT = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    final TestPki pki = new TestPki();
    final Vertx vertx = Vertx.vertx();
    private StrangerClient client = client(trust(), PATIENCE, Duration.ofMinutes(1));

    CallTls trust() {
        return CallTls.trusting(List.of(pki.certificate()));
    }

    private StrangerClient client(CallTls tls, Duration limit, Duration idle) {
        return new StrangerClient(vertx, tls, new CallLimits(limit, limit, idle, MOST_OCTETS));
    }

    private void use(StrangerClient another) {
        client.close();
        client = another;
    }

    /** With another side of TLS from now on. */
    void use(CallTls tls) {
        use(client(tls, PATIENCE, Duration.ofMinutes(1)));
    }

    /** Waits no longer than {@link #SHORT} from now on, though not while the JVM learns TLS. */
    void hurry() {
        try (GoodHost first = new GoodHost(vertx, named(NAME))) {
            first.listen(request -> request.response().end());
            get(at(first.port()));
        }
        use(client(trust(), SHORT, Duration.ofMinutes(1)));
    }

    /** Keeps connections so long from now on. */
    void keep(Duration idle) {
        use(client(trust(), PATIENCE, idle));
    }

    StrangerClient client() {
        return client;
    }

    /** A host's identity. */
    TestPki.Identity named(String... names) {
        TestPki.Leaf leaf = pki.leaf("stranger");
        Stream.of(names).forEach(leaf::dns);
        return leaf.build();
    }

    static Destination at(String name, int port, String... addresses) {
        return new Destination(
                new HostName(name, port), Stream.of(addresses).map(IpAddress::parse).toList());
    }

    static Destination at(int port) {
        return at(NAME, port, "127.0.0.1");
    }

    Answer get(Destination where) {
        return client.call(where, Call.get("/", Map.of()));
    }

    void fails(Destination where, Reason reason) {
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> get(where))
                .extracting(CallFailed::reason)
                .isEqualTo(reason);
    }

    /** Waits for what happens by itself. */
    static void until(BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not happen");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
