package dev.posthouse.client.https;

import dev.posthouse.client.https.Transport.Limits;
import dev.posthouse.common.net.IpAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Set;

/** Posts JSON to one server and says what its answer means (certificates, sections 2, 3 and 8). */
public final class JsonDoor implements AutoCloseable {

    private static final Expected GOOD = Expected.json(Set.of(200));

    private final Transport transport;
    private final Judge judge;

    /** Opens nothing yet; {@code from} is the address the server shall observe. */
    public JsonDoor(URI door, Trust trust, IpAddress from, Clock clock) {
        this(
                door,
                new Transport(door, trust, from, Limits.USUAL),
                new Failing(trust, clock),
                clock);
    }

    JsonDoor(URI door, Transport transport, Failing failing, Clock clock) {
        this.transport = transport;
        this.judge = new Judge(door, GOOD, failing, clock);
    }

    /** Posts once. */
    public Answer post(byte[] json) {
        return judge.of(() -> transport.post(json));
    }

    @Override
    public void close() {
        transport.close();
    }
}
