package dev.posthouse.testing;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A server that somebody else runs.
 *
 * @param getAddress as the environment gave it
 */
record ForeignServer(String getAddress) implements TestServer {

    @Override
    public void stop() {
        abort("the server at " + getAddress + " is not ours to stop");
    }

    @Override
    public void start() {
        // It was never stopped.
    }
}
