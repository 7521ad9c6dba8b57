package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeId;
import java.util.Optional;

/**
 * Whom a parcel is for: an endpoint by its id (format C, with the Internet address of its gateway
 * or its own, perhaps), or by an Internet address alone (formats A and B: a URI).
 */
public final class Recipient {

    private final Optional<NodeId> id;
    private final Optional<String> internetAddress;

    private Recipient(Optional<NodeId> id, Optional<String> internetAddress) {
        this.id = id;
        this.internetAddress = internetAddress;
    }

    static Recipient of(NodeId id) {
        return new Recipient(Optional.of(id), Optional.empty());
    }

    static Recipient of(NodeId id, String domain) {
        return new Recipient(Optional.of(id), Optional.of(domain));
    }

    static Recipient ofUri(String uri) {
        return new Recipient(Optional.empty(), Optional.of(uri));
    }

    /** The endpoint's id, where it is named by one. */
    public Optional<NodeId> id() {
        return id;
    }

    /** A DNS name in lower case (format C), or a URI as it came (formats A and B). */
    public Optional<String> internetAddress() {
        return internetAddress;
    }

    /** The id, or else the URI: what the recipient is known by. */
    public String text() {
        return id.map(NodeId::text).or(this::internetAddress).orElseThrow();
    }

    @Override
    public String toString() {
        return text();
    }
}
