/** The command group {@code gateway}, and what other groups need to speak to a gateway. */
package dev.posthouse.client.gateway.command;
