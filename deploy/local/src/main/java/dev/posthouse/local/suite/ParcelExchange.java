package dev.posthouse.local.suite;

import dev.posthouse.client.gateway.Collection;
import dev.posthouse.client.gateway.PoWebClient;
import dev.posthouse.client.gateway.Registration;
import dev.posthouse.client.https.OctetsApi;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.NodeKeys;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.parcel.ParcelBuilder;
import dev.posthouse.client.parcel.PohttpClient;
import dev.posthouse.common.node.NodeRole;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * A private gateway at one of the suite's relays, with an endpoint behind it and somebody whom that
 * lets send.
 */
final class ParcelExchange implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int PAYLOAD = 2_000;

    private final Clock clock = Clock.systemUTC();
    private final PoWebClient gateway;
    private final PohttpClient stranger;
    private final NodeIdentity node;
    private final NodeIdentity sender;
    private final String address;

    /** Registers the gateway. */
    ParcelExchange(ServiceProcess relay, DevelopmentPki pki) {
        Trust trust = Trust.read(pki.trustAnchor());
        Patience patience =
                new Patience(
                        new RetryPolicy(RandomGenerator.getDefault()),
                        clock,
                        (length, why) -> Thread.sleep(length));
        this.gateway =
                new PoWebClient(
                        new OctetsApi(relay.url(), trust, clock), patience, clock, PATIENCE);
        this.stranger =
                new PohttpClient(
                        new OctetsApi(relay.url(), trust, clock), patience, clock, PATIENCE);
        KeyPair keys = NodeKeys.create();
        Registration registration = gateway.register(keys);
        Validity life = Validity.from(clock.instant(), LIFE);
        this.node = registration.identity(keys);
        this.sender =
                node.issue(NodeKeys.create(), NodeRole.ENDPOINT, life)
                        .issue(NodeKeys.create(), NodeRole.SENDER, life);
        this.address = registration.internetAddress();
    }

    /** Brings a parcel as a stranger does. */
    void post() {
        stranger.deliver(parcel());
    }

    /** Hands a parcel over as the gateway itself. */
    void deliver() {
        gateway.deliver(parcel(), node);
    }

    private byte[] parcel() {
        return new ParcelBuilder(sender, clock.instant())
                .internetAddress(address)
                .ttl(LIFE)
                .payload(new byte[PAYLOAD])
                .build();
    }

    /** Takes all that waits; says how much that was. */
    int collect() {
        AtomicInteger taken = new AtomicInteger();
        gateway.collection(node)
                .collect(
                        Collection.Mode.UNTIL_EMPTY,
                        Integer.MAX_VALUE,
                        parcel -> taken.incrementAndGet());
        return taken.get();
    }

    @Override
    public void close() {
        gateway.close();
        stranger.close();
    }
}
