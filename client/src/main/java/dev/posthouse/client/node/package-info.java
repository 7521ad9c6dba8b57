/**
 * Nodes of the Relaynet network as this client plays them: their keys and certificates (RS-002),
 * and what they sign.
 */
package dev.posthouse.client.node;
