package dev.posthouse.testing;

/**
 * A server that a test can take away and bring back. Public and free of our own types because it is
 * reached as an MBean (see {@link SharedServer}).
 */
public interface TestServer {

    /** The JDBC URL of the PostgreSQL server, or the broker's {@code host:port}. */
    String getAddress();

    /** Takes the server away. */
    void stop();

    /** Brings it back, on the same port and data. */
    void start();
}
