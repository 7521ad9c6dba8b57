/** The command group {@code pki}. */
package dev.posthouse.client.pki.command;
