package dev.posthouse.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.posthouse.client.gateway.Collection;
import dev.posthouse.client.gateway.PoWebClient;
import dev.posthouse.client.gateway.Registration;
import dev.posthouse.client.https.OctetsApi;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.parcel.ParcelBuilder;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.local.suite.ServiceProcess;
import dev.posthouse.testing.RsaKeys;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A private gateway at a relay, registered by PoWeb, with one endpoint behind it.
 *
 * @param process the relay
 * @param client its way there
 * @param node its own identity
 * @param address what the relay calls itself
 * @param endpoint behind it
 */
record PrivateGateway(
        ServiceProcess process,
        PoWebClient client,
        NodeIdentity node,
        String address,
        NodeIdentity endpoint)
        implements AutoCloseable {

    private static final Duration LIFE = Duration.ofDays(1);

    /** A new one. */
    static PrivateGateway at(ServiceProcess relay, Running suite, Duration timeout) {
        PoWebClient client = client(relay, suite, timeout);
        KeyPair keys = RsaKeys.next();
        Registration registration = client.register(keys);
        NodeIdentity node = registration.identity(keys);
        return new PrivateGateway(
                relay,
                client,
                node,
                registration.internetAddress(),
                node.issue(RsaKeys.next(), NodeRole.ENDPOINT, life()));
    }

    private static PoWebClient client(ServiceProcess relay, Running suite, Duration timeout) {
        Clock clock = Clock.systemUTC();
        return new PoWebClient(
                new OctetsApi(relay.url(), Trust.read(suite.pki().trustAnchor()), clock),
                new Patience(
                        new RetryPolicy(RandomGenerator.getDefault()),
                        clock,
                        (length, why) -> Thread.sleep(Math.min(length.toMillis(), 1000))),
                clock,
                timeout);
    }

    /** This one, by way of another replica of its relay. */
    PrivateGateway by(ServiceProcess replica, Running suite) {
        return new PrivateGateway(
                replica, client(replica, suite, client.timeout()), node, address, endpoint);
    }

    private static Validity life() {
        return Validity.from(Clock.systemUTC().instant(), LIFE);
    }

    /** Somebody whom the endpoint lets send to it. */
    NodeIdentity authorized() {
        return endpoint.issue(RsaKeys.next(), NodeRole.SENDER, life());
    }

    /** A parcel for the endpoint, of whom it lets send. */
    byte[] parcel(NodeIdentity sender, String id) {
        return parcel(sender, id, address);
    }

    /** The same, said to be behind another relay. */
    byte[] parcel(NodeIdentity sender, String id, String elsewhere) {
        return new ParcelBuilder(sender, Clock.systemUTC().instant())
                .internetAddress(elsewhere)
                .id(id)
                .ttl(Duration.ofHours(1))
                .payload(id.getBytes(US_ASCII))
                .build();
    }

    /** Hands a parcel over, for wherever it goes. */
    void deliver(byte[] parcel) {
        client.deliver(parcel, node);
    }

    /** Takes what waits. */
    void collect(Collection.Mode mode, int most, Collection.Taker taker) {
        client.collection(node).collect(mode, most, taker);
    }

    @Override
    public void close() {
        client.close();
    }
}
