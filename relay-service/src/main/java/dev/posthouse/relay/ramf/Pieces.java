package dev.posthouse.relay.ramf;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The octets of an OCTET STRING where they lie, in whatever pieces (X.690, section 8.7.3): the JVM
 * library writes one for each 1000 octets. They may be 8 MB, so no second copy of them is made.
 */
final class Pieces implements Iterable<ByteBuffer> {

    /** All fields but the payload are in so many octets, or are too long. */
    static final int HEAD = 64 * 1024;

    private final Ber string;
    private final int length;

    private Pieces(Ber string, int length) {
        this.string = string;
        this.length = length;
    }

    /** Those of a value, which must be an OCTET STRING throughout. */
    static Pieces of(Ber string) {
        int length = 0;
        for (ByteBuffer piece : new Pieces(string, 0)) {
            length += piece.remaining();
        }
        return new Pieces(string, length);
    }

    /** How many octets there are. */
    int length() {
        return length;
    }

    /** The first of them in one array: all that are there, if they are in one piece. */
    ByteBuffer head() {
        Iterator<ByteBuffer> pieces = iterator();
        if (!pieces.hasNext()) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer piece = pieces.next();
        if (piece.remaining() == length) {
            return piece;
        }
        ByteBuffer head = ByteBuffer.allocate(Math.min(length, HEAD));
        while (head.hasRemaining()) {
            head.put(piece.limit(Math.min(piece.limit(), head.remaining())));
            piece = head.hasRemaining() ? pieces.next() : piece;
        }
        return head.flip();
    }

    /** Buffers that nobody else has. */
    @Override
    public Iterator<ByteBuffer> iterator() {
        return new Walk(string);
    }

    /** From one piece to the next, through those that are in pieces themselves. */
    private static final class Walk implements Iterator<ByteBuffer> {

        private final Deque<Iterator<Ber>> open = new ArrayDeque<>();
        private Optional<Ber> next;

        Walk(Ber string) {
            open.push(List.of(string).iterator());
            next = following();
        }

        private Optional<Ber> following() {
            while (!open.isEmpty()) {
                if (!open.peek().hasNext()) {
                    open.pop();
                    continue;
                }
                Ber value = open.peek().next();
                if (value.tag() == Ber.OCTET_STRING) {
                    return Optional.of(value);
                }
                open.push(value.as(Ber.PIECES).values());
            }
            return Optional.empty();
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public ByteBuffer next() {
            Ber piece = next.orElseThrow(NoSuchElementException::new);
            next = following();
            return piece.content();
        }
    }
}
