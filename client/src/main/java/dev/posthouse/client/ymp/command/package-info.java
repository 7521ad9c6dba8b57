/** The command group {@code ymp}. */
package dev.posthouse.client.ymp.command;
