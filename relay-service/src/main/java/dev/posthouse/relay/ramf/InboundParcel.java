package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeId;

/**
 * A parcel that its recipient authorised, for an endpoint of one of our private gateways.
 *
 * @param parcel the parcel
 * @param recipient the endpoint
 * @param privateGateway the private gateway of that endpoint, registered or not
 */
public record InboundParcel(Parcel parcel, NodeId recipient, NodeId privateGateway) {}
