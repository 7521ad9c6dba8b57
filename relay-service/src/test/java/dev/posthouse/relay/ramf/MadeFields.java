package dev.posthouse.relay.ramf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Makes field sets of formats C and B octet by octet (section 3), right but for what a test
 * changes.
 */
final class MadeFields {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

    private byte[] recipient = recipientOf(Node.ENDPOINT.id().text(), Vectors.ADDRESS);
    private byte[] messageId = tlv(0x81, "message");
    private byte[] created = tlv(0x82, DATE_TIME.format(Vectors.AT));
    private byte[] ttl = tlv(0x83, BigInteger.valueOf(3600).toByteArray());
    private byte[] payload = tlv(0x84, "payload");
    private byte[] more = new byte[0];

    static byte[] recipientOf(String id) {
        return tlv(0xa0, tlv(0x80, id));
    }

    static byte[] recipientOf(String id, String address) {
        return tlv(0xa0, join(tlv(0x80, id), tlv(0x81, address)));
    }

    MadeFields recipient(byte[] field) {
        recipient = field;
        return this;
    }

    MadeFields to(String id) {
        return recipient(recipientOf(id));
    }

    MadeFields at(String internetAddress) {
        return recipient(recipientOf(Node.ENDPOINT.id().text(), internetAddress));
    }

    /** As format B has it. */
    MadeFields legacy(String address) {
        return recipient(tlv(0x80, address));
    }

    MadeFields messageId(String text) {
        messageId = tlv(0x81, text);
        return this;
    }

    MadeFields created(Instant instant) {
        return created(DATE_TIME.format(instant));
    }

    MadeFields created(String text) {
        created = tlv(0x82, text);
        return this;
    }

    MadeFields ttl(long seconds) {
        return ttl(BigInteger.valueOf(seconds).toByteArray());
    }

    MadeFields ttl(byte[] integer) {
        ttl = tlv(0x83, integer);
        return this;
    }

    MadeFields payload(byte[] octets) {
        return payloadField(tlv(0x84, octets));
    }

    MadeFields payloadField(byte[] field) {
        payload = field;
        return this;
    }

    MadeFields more(byte[] field) {
        more = field;
        return this;
    }

    byte[] make() {
        return tlv(0x30, join(recipient, messageId, created, ttl, payload, more));
    }

    static byte[] tlv(int tag, String text) {
        return tlv(tag, text.getBytes(ISO_8859_1));
    }

    static byte[] tlv(int tag, byte[] content) {
        int length = content.length;
        return join(
                length < 0x80
                        ? new byte[] {(byte) tag, (byte) length}
                        : ByteBuffer.allocate(6)
                                .put((byte) tag)
                                .put((byte) 0x84)
                                .putInt(length)
                                .array(),
                content);
    }

    static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
