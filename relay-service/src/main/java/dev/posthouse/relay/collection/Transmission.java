package dev.posthouse.relay.collection;

import dev.posthouse.relay.parcel.Waiting;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;

/**
 * A delivery on its way to the client: one message, written as fast as the client reads and no
 * faster, so that pings find their way between its frames.
 */
final class Transmission {

    private static final int FRAME = 32 * 1024;

    private final ServerWebSocket socket;
    private final Waiting parcel;
    private byte[] piece;
    private int written;
    private int read;
    private boolean begun;

    /** What a transmission is waiting for. */
    enum State {
        /** That the client reads. */
        CLIENT,
        /** The next piece of the parcel. */
        PIECE,
        /** Nothing. */
        SENT
    }

    Transmission(ServerWebSocket socket, Waiting parcel) {
        this.socket = socket;
        this.parcel = parcel;
        this.read = parcel.octets().length;
        this.piece = Delivery.begin(parcel);
    }

    Waiting parcel() {
        return parcel;
    }

    /** How many octets of the parcel have been read. */
    int read() {
        return read;
    }

    /** Has these to write next. */
    void add(byte[] next) {
        piece = next;
        written = 0;
        read += next.length;
    }

    /** Writes what there is room for. */
    State write() {
        while (written < piece.length) {
            if (socket.writeQueueFull()) {
                return State.CLIENT;
            }
            int end = Math.min(piece.length, written + FRAME);
            boolean last = end == piece.length && read == parcel.size();
            Buffer octets = Buffer.buffer(end - written).appendBytes(piece, written, end - written);
            socket.writeFrame(
                    begun
                            ? WebSocketFrame.continuationFrame(octets, last)
                            : WebSocketFrame.binaryFrame(octets, last));
            begun = true;
            written = end;
        }
        return read < parcel.size() ? State.PIECE : State.SENT;
    }
}
