package dev.posthouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before the replicas of a service in a cluster: hands each connection, octets as they
 * are, to the next of those that take one.
 */
final class Balancer {

    private final ServerSocket door;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<URI> replicas;

    Balancer(URI only) {
        replicas = List.of(only);
        try {
            door = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("balancer").start(this::accept);
    }

    /** Where callers go. */
    URI url() {
        return URI.create("https://localhost:" + door.getLocalPort());
    }

    /** From now on, new connections go to these. */
    void to(List<URI> all) {
        replicas = List.copyOf(all);
    }

    private void accept() {
        while (true) {
            try {
                Socket caller = door.accept();
                Thread.ofVirtual().start(() -> pass(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket caller) {
        List<URI> candidates = replicas;
        int first = turn.getAndIncrement();
        for (int i = 0; i < candidates.size(); i++) {
            URI next = candidates.get(Math.floorMod(first + i, candidates.size()));
            try {
                Socket replica = new Socket(InetAddress.getLoopbackAddress(), next.getPort());
                Thread.ofVirtual().start(() -> pump(caller, replica));
                pump(replica, caller);
                return;
            } catch (IOException refused) {
                // The next one, if there is one.
            }
        }
        close(caller);
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // Either side has hung up; both are closed.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
