package dev.posthouse.client.https;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Gathers an answer's body and stops reading one that is too large. */
final class Body implements Consumer<Optional<byte[]>> {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;

    Body(int limit) {
        this.limit = limit;
    }

    @Override
    public void accept(Optional<byte[]> part) {
        part.ifPresent(some -> {
            if (bytes.size() + some.length > limit) {
                throw new TooLarge();
            }
            bytes.writeBytes(some);
        });
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** The body went over its limit. */
    static final class TooLarge extends RuntimeException {}
}
