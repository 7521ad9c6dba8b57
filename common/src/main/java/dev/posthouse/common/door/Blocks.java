package dev.posthouse.common.door;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What has come of a body, in blocks no longer than the room that is taken ahead of it: in memory
 * it is about as large as {@link OctetsInFlight} counts it, however small the pieces that it comes
 * in, and copied at most once more, when it is whole.
 */
final class Blocks {

    private static final byte[] NONE = {};

    private final long toCome;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = NONE;
    private int used;
    private int length;

    /**
     * @param toCome how many octets there should be, at most
     */
    Blocks(long toCome) {
        this.toCome = toCome;
    }

    /** How many octets have come. */
    int length() {
        return length;
    }

    /** How many octets of memory that takes. */
    int held() {
        return full.stream().mapToInt(block -> block.length).sum() + last.length;
    }

    void append(Buffer chunk) {
        for (int from = 0; from < chunk.length(); ) {
            if (used == last.length) {
                begin(chunk.length() - from);
            }
            int some = Math.min(chunk.length() - from, last.length - used);
            chunk.getBytes(from, from + some, last, used);
            used += some;
            length += some;
            from += some;
        }
    }

    private void begin(int atLeast) {
        if (used > 0) {
            full.add(last);
        }
        last = new byte[(int) Math.max(atLeast, Math.min(OctetsInFlight.STEP, toCome - length))];
        used = 0;
    }

    /** All that has come. Nothing may be appended any more. */
    byte[] whole() {
        if (full.isEmpty()) {
            return used == last.length ? last : Arrays.copyOf(last, used);
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] block : full) {
            System.arraycopy(block, 0, whole, at, block.length);
            at += block.length;
        }
        System.arraycopy(last, 0, whole, at, used);
        forget();
        return whole;
    }

    /** Of no use any more: whoever reads it is kept as long as the request lives. */
    void forget() {
        full.clear();
        last = NONE;
        used = 0;
    }
}
