package dev.posthouse.local.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A TCP address, and whether anybody is there.
 *
 * @param host a name or an address
 * @param port where
 */
public record Reach(String host, int port) {

    private static final int PATIENCE_MILLIS = 2_000;

    /** Reads {@code host:port}. */
    public static Reach parse(String address) {
        int colon = address.lastIndexOf(':');
        return new Reach(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** Whether somebody takes connections. */
    public boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
