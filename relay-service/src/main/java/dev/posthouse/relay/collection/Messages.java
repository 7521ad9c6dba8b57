package dev.posthouse.relay.collection;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Puts the frames of a client's messages together, as long as they are short. */
final class Messages {

    /** No message of a client is longer (PoHTTP, section 11.1). */
    static final int MOST_OCTETS = 6 * 1024;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    /** A message, or what there is of it, is longer than any that is taken. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Takes a frame's octets.
     *
     * @return the message, if that was its last frame
     */
    Optional<byte[]> add(byte[] octets, boolean last) throws TooLong {
        if (message.size() + octets.length > MOST_OCTETS) {
            message.reset();
            throw new TooLong();
        }
        message.writeBytes(octets);
        if (!last) {
            return Optional.empty();
        }
        byte[] whole = message.toByteArray();
        message.reset();
        return Optional.of(whole);
    }
}
