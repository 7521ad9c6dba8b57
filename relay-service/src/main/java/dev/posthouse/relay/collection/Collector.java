package dev.posthouse.relay.collection;

import dev.posthouse.common.node.NodeId;
import java.time.Instant;

/**
 * A private gateway that collects its parcels.
 *
 * @param gateway which
 * @param until when its certificate ends
 */
record Collector(NodeId gateway, Instant until) {}
