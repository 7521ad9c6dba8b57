package dev.posthouse.bench.relay;

import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.NodeKeys;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.parcel.ParcelBuilder;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeRole;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** An endpoint behind each of some private gateways, and many senders whom those let send. */
public final class Correspondents {

    /** What parcels are called. */
    public static final String TYPE = "application/vnd.awala.parcel";

    private static final Duration LIFE = Duration.ofDays(1);
    private static final int OCTETS = 5_000;
    private static final int LONG_PAYLOAD = 8_000_000;

    private final List<Place> places;
    private final List<KeyPair> keys;
    private final List<NodeIdentity> senders;
    private final Clock clock;
    private final int payload;

    private record Place(NodeIdentity gateway, KeyPair endpoint) {

        /** The certificates of the endpoint and of the sender are new ones each time. */
        NodeIdentity authorise(KeyPair sender, Validity life) {
            return gateway.issue(endpoint, NodeRole.ENDPOINT, life)
                    .issue(sender, NodeRole.SENDER, life);
        }
    }

    private Correspondents(List<NodeIdentity> gateways, int senders, Clock clock) {
        List<Place> all =
                gateways.stream().map(gateway -> new Place(gateway, NodeKeys.create())).toList();
        List<KeyPair> pairs =
                IntStream.range(0, senders)
                        .parallel()
                        .mapToObj(sender -> NodeKeys.create())
                        .toList();
        Validity life = Validity.from(clock.instant(), LIFE);
        this.places = all;
        this.keys = pairs;
        this.senders =
                IntStream.range(0, senders)
                        .parallel()
                        .mapToObj(sender ->
                                all.get(sender % all.size()).authorise(pairs.get(sender), life))
                        .toList();
        this.clock = clock;
        int empty = build(this.senders.getFirst(), 0, clock.instant()).length;
        this.payload = Math.max(0, OCTETS - empty);
    }

    /** Behind gateways that some relay knows. */
    static Correspondents behind(List<NodeIdentity> gateways, int senders, Clock clock) {
        return new Correspondents(gateways, senders, clock);
    }

    /** Behind one gateway of an Internet gateway that is nowhere: for whoever checks parcels. */
    public static Correspondents apart(int senders, Clock clock) {
        Validity life = Validity.from(clock.instant(), LIFE);
        NodeIdentity internet =
                NodeIdentity.selfIssued(NodeKeys.create(), NodeRole.INTERNET_GATEWAY, life);
        NodeIdentity gateway = internet.issue(NodeKeys.create(), NodeRole.PRIVATE_GATEWAY, life);
        return new Correspondents(List.of(gateway), senders, clock);
    }

    /** The certificate that all others go back to. */
    public NodeCertificate root() {
        return places.getFirst().gateway().chain().getLast();
    }

    /** A new parcel of about 5 kB, of the next sender. */
    public byte[] parcel(int item) {
        return build(senders.get(item % senders.size()), payload, clock.instant());
    }

    /** The same with certificates that nobody has seen before. */
    byte[] fresh(int item) {
        Validity life = Validity.from(clock.instant(), LIFE);
        NodeIdentity sender =
                places.get(item % places.size()).authorise(keys.get(item % keys.size()), life);
        return build(sender, payload, clock.instant());
    }

    /** A new parcel of 8 MB. */
    byte[] longParcel(int item) {
        return build(senders.get(item % senders.size()), LONG_PAYLOAD, clock.instant());
    }

    private static byte[] build(NodeIdentity sender, int payload, Instant now) {
        return new ParcelBuilder(sender, now).ttl(LIFE).payload(new byte[payload]).build();
    }
}
