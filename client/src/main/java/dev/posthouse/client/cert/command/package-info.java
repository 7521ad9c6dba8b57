/** The command group {@code cert}. */
package dev.posthouse.client.cert.command;
