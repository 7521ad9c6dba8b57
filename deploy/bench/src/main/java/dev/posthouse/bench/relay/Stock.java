package dev.posthouse.bench.relay;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The bodies of one phase: made on all processors before its clock starts, and gone when those of
 * the next one are made.
 */
public final class Stock {

    private final IntFunction<byte[]> maker;
    private List<Buffer> bodies = List.of();
    private int first;

    /**
     * @param maker of the body of that number
     */
    public Stock(IntFunction<byte[]> maker) {
        this.maker = maker;
    }

    /** Makes so many, from that number on. */
    public void fill(int from, int count) {
        bodies = List.of();
        first = from;
        bodies =
                IntStream.range(from, from + count)
                        .parallel()
                        .mapToObj(item -> Buffer.buffer(maker.apply(item)))
                        .toList();
    }

    /** The one of that number, which has been made. */
    public Buffer of(int item) {
        return bodies.get(item - first);
    }
}
