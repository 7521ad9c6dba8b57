package dev.posthouse.ymp.outgoing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Messages to one host, in order, that go in one packet (YMP, sections 3.3 and 6).
 *
 * @param messages at least one
 */
public record Batch(List<Waiting> messages) {

    /** How many messages a packet may hold. */
    public static final int MOST = 100;

    /** How many octets a packet may have. */
    private static final int MOST_OCTETS = 1024 * 1024;

    private static final byte[] HEAD = ascii("{\"packet\":{\"messages\":[");
    private static final byte[] TAIL = ascii("]}}");

    /** Octets for messages, each with a comma after it. */
    static final int ROOM = MOST_OCTETS - HEAD.length - TAIL.length + 1;

    public Batch {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A packet without messages is not sent.");
        }
    }

    /** How many. */
    public int size() {
        return messages.size();
    }

    Long[] seqs() {
        return messages.stream().map(Waiting::seq).toArray(Long[]::new);
    }

    /** The two of them hold what this holds, in the same order. */
    public List<Batch> halves() {
        int middle = size() / 2;
        return List.of(
                new Batch(messages.subList(0, middle)),
                new Batch(messages.subList(middle, size())));
    }

    /** The packet's body. */
    public byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(HEAD);
        for (int i = 0; i < size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(messages.get(i).text().getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(TAIL);
        return body.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return size() + " messages";
    }
}
