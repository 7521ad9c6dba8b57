package dev.posthouse.client.https;

import dev.posthouse.common.net.IpAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Optional;

/** The machine's own addresses. */
public final class OwnAddress {

    private OwnAddress() {}

    /** The local address from which a server is reached. Nothing is sent. */
    public static IpAddress towards(URI server) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(target(server), port(server)));
            return IpAddress.of(socket.getLocalAddress());
        }
    }

    /**
     * The address to call from, so that the server observes the one that is asked for
     * (certificates, section 6); nothing when it is not this machine's or cannot reach the server.
     */
    static Optional<InetAddress> toCallFrom(IpAddress address, URI server) {
        try {
            InetAddress own = InetAddress.getByAddress(address.octets());
            InetAddress target = target(server);
            boolean here =
                    own.isLoopbackAddress() || NetworkInterface.getByInetAddress(own) != null;
            boolean reaches =
                    own.getClass() == target.getClass()
                            && own.isLoopbackAddress() == target.isLoopbackAddress();
            return here && reaches ? Optional.of(own) : Optional.empty();
        } catch (IOException e) {
            // A server that cannot be found now is reported by the call itself.
            return Optional.empty();
        }
    }

    private static InetAddress target(URI server) throws IOException {
        return InetAddress.getByName(server.getHost());
    }

    private static int port(URI server) {
        return server.getPort() < 0 ? 443 : server.getPort();
    }
}
