package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.WrongCertificate;
import dev.posthouse.client.https.Answer.Final;
import dev.posthouse.client.https.Answer.Good;
import dev.posthouse.client.https.Answer.Later;
import dev.posthouse.client.https.Transport.Limits;
import dev.posthouse.client.https.Transport.Reply;
import dev.posthouse.common.net.IpAddress;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Posts JSON to one server and says what its answer means (certificates, sections 2, 3 and 8). */
public final class JsonDoor implements AutoCloseable {

    private final Transport transport;
    private final URI door;
    private final Failing failing;
    private final Clock clock;

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
        this.door = door;
        this.failing = failing;
        this.clock = clock;
    }

    /** Posts once. */
    public Answer post(byte[] json) {
        try {
            return judge(transport.post(json));
        } catch (IOException e) {
            return new Later(failing.reason(door, e), Duration.ZERO, e);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private Answer judge(Reply reply) {
        int status = reply.status();
        Optional<Duration> after =
                reply.headers().firstValue("Retry-After").flatMap(v -> RetryAfter.read(v, clock));
        if (status == 200) {
            return good(reply);
        }
        if (status == 404 ? after.isPresent() : isTemporary(status)) {
            String detail = Refusals.read(status, reply.body()).getMessage();
            return new Later(
                    door.getRawAuthority() + ": " + detail, after.orElse(Duration.ZERO), null);
        }
        return new Final(Refusals.read(status, reply.body()));
    }

    private Good good(Reply reply) {
        String type = reply.headers().firstValue("Content-Type").orElse("");
        if (!type.matches("(?i)application/json *(; *charset=\"?utf-8\"?)?")) {
            throw new WrongCertificate(
                    door.getRawAuthority() + " answered with something that is not JSON");
        }
        return new Good(reply.body());
    }

    private static boolean isTemporary(int status) {
        return status == 408 || status == 429 || status >= 500;
    }
}
