package dev.posthouse.relay.registration;

import dev.posthouse.common.node.NodeCertificate;

/**
 * A node that may come back as what its certificate says.
 *
 * @param node its certificate
 * @param gateway ours, which issued it
 */
record Registered(NodeCertificate node, NodeCertificate gateway) {}
