package dev.posthouse.client.https;

import dev.posthouse.client.https.Transport.Limits;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Calls of one service's JSON API, by somebody with an identity. */
public final class JsonApi implements AutoCloseable {

    private static final Expected GOOD = Expected.json(Set.of(200, 202, 204));

    /** Some calls wait half a minute for something to tell. */
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(60), 64 << 20);

    private final Transport transport;
    private final Judge judge;

    /** Opens nothing yet. */
    public JsonApi(URI server, Trust trust, OwnIdentity identity, Clock clock) {
        this.transport =
                new Transport(
                        server, trust.sslContext(identity.managers()), Optional.empty(), LIMITS);
        this.judge = new Judge(server, GOOD, new Failing(trust, clock), clock);
    }

    /** Gets a path, with its query, once. */
    public Answer get(String path) {
        return judge.of(() -> transport.get(path));
    }

    /** Posts to a path once. */
    public Answer post(String path, byte[] json) {
        return judge.of(() -> transport.post(path, json));
    }

    /** Posts to a path, without a body, once. */
    public Answer post(String path) {
        return judge.of(() -> transport.post(path));
    }

    @Override
    public void close() {
        transport.close();
    }
}
