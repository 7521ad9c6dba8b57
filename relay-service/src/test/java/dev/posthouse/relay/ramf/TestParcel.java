package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A parcel as if it had been checked.
 *
 * @param to an Internet address: a domain, or a URI of the first years
 * @param id its message id
 * @param octets what is passed on
 * @param created by its sender's clock
 * @param life how long it lives
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record TestParcel(String to, String id, byte[] octets, Instant created, Duration life) {

    private static final NodeId RECIPIENT = new NodeId("0" + "1".repeat(64));
    private static final NodeId SENDER = new NodeId("0" + "2".repeat(64));

    /** One that lives for a day, and whose octets are its id. */
    public static TestParcel of(String to, String id, Instant created) {
        return new TestParcel(
                to, id, id.getBytes(StandardCharsets.UTF_8), created, Duration.ofDays(1));
    }

    /** The same with other octets. */
    public TestParcel with(String text) {
        return with(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with other octets. */
    public TestParcel with(byte[] others) {
        return new TestParcel(to, id, others, created, life);
    }

    /** The same with another life. */
    public TestParcel living(Duration other) {
        return new TestParcel(to, id, octets, created, other);
    }

    /** The same, made at another time. */
    public TestParcel made(Instant then) {
        return new TestParcel(to, id, octets, then, life);
    }

    /** As the engine would return it. */
    public Parcel checked() {
        return checked(SENDER);
    }

    /** The same of another sender. */
    public Parcel checked(NodeId sender) {
        boolean uri = to.contains(":");
        return new Parcel(
                uri ? Format.B : Format.C,
                octets,
                uri ? Recipient.ofUri(to) : Recipient.of(RECIPIENT, to),
                id,
                created,
                created.plus(life),
                sender);
    }

    /** The octets of one of the first years, signed, for that URI. */
    public static byte[] signed(String uri) {
        return new MadeParcel().legacyB().fields(new MadeFields().legacy(uri)).make();
    }

    /** One that names no Internet address. */
    public static Parcel toNobody(Instant created) {
        return new Parcel(
                Format.C,
                new byte[1],
                Recipient.of(RECIPIENT),
                "nobody",
                created,
                created.plusSeconds(60),
                SENDER);
    }
}
