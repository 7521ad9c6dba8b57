package dev.posthouse.relay.parcel;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.MovedClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A parcel as if it had been checked.
 *
 * @param names what it is known by
 * @param created when
 * @param lives for how long
 * @param text its octets
 */
public record TestArrival(Arrival.Names names, Instant created, Duration lives, String text) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Somebody whom no other test knows. */
    public static NodeId node() {
        byte[] hash = new byte[32];
        RANDOM.nextBytes(hash);
        return NodeId.parse("0" + HexFormat.of().formatHex(hash));
    }

    /** One for that gateway, of new names. */
    public static TestArrival at(NodeId gateway) {
        return new TestArrival(
                new Arrival.Names(gateway, node(), node(), "an id"),
                MovedClock.AT,
                Duration.ofDays(1),
                "octets");
    }

    TestArrival text(String other) {
        return new TestArrival(names, created, lives, other);
    }

    TestArrival created(Instant other) {
        return new TestArrival(names, other, lives, text);
    }

    TestArrival lives(Duration other) {
        return new TestArrival(names, created, other, text);
    }

    TestArrival recipient(NodeId other) {
        return new TestArrival(
                new Arrival.Names(names.gateway(), other, names.sender(), names.messageId()),
                created,
                lives,
                text);
    }

    TestArrival sender(NodeId other) {
        return new TestArrival(
                new Arrival.Names(names.gateway(), names.recipient(), other, names.messageId()),
                created,
                lives,
                text);
    }

    TestArrival messageId(String other) {
        return new TestArrival(
                new Arrival.Names(names.gateway(), names.recipient(), names.sender(), other),
                created,
                lives,
                text);
    }

    Arrival arrival() {
        return new Arrival(
                names,
                created,
                created.plus(lives),
                text.getBytes(StandardCharsets.UTF_8),
                Optional.empty());
    }
}
