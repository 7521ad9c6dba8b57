package dev.posthouse.relay.parcel;

import dev.posthouse.common.node.NodeId;

/**
 * A parcel has been stored and committed on this replica.
 *
 * @param gateway the private gateway that it waits for
 */
public record ParcelArrived(NodeId gateway) {}
