package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeId;
import java.util.Optional;

/**
 * Whom a parcel is for: an endpoint by its id, perhaps with an Internet address (format C), or
 * something on the Internet by its address alone (formats A and B).
 *
 * @param id the endpoint's id, where it is named by one
 * @param internetAddress a DNS name in lower case (format C), or a URI as it came (formats A and B)
 */
public record Recipient(Optional<NodeId> id, Optional<String> internetAddress) {

    static Recipient of(NodeId id) {
        return new Recipient(Optional.of(id), Optional.empty());
    }

    static Recipient of(NodeId id, String domain) {
        return new Recipient(Optional.of(id), Optional.of(domain));
    }

    static Recipient ofUri(String uri) {
        return new Recipient(Optional.empty(), Optional.of(uri));
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
