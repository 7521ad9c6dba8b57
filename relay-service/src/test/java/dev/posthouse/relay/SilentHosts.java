package dev.posthouse.relay;

import dev.posthouse.testing.ServiceResource;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hosts, on this machine, that take connections and never say a word. The service under test may
 * call them where it has {@link TightSettings}, and a peer that a test has answer.
 */
public final class SilentHosts implements AutoCloseable {

    private static final int MANY = 300;
    private static final int PORT = ServiceResource.port("mute");

    /** With their port. */
    public static final List<String> ALL =
            IntStream.range(0, MANY)
                    .mapToObj(n -> "127.9.%d.%d:%d".formatted(n / 100, n % 100 + 1, PORT))
                    .toList();

    static final String LISTED =
            Stream.concat(ALL.stream(), Stream.of("localhost:" + ServiceResource.port("judy")))
                    .collect(Collectors.joining(","));

    private final ServerSocket socket;

    /** From now on they take connections. */
    public SilentHosts() throws IOException {
        this.socket = new ServerSocket(PORT, 2 * MANY);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
