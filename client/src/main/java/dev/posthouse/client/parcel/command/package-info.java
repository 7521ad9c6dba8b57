/** The command group {@code parcel}. */
package dev.posthouse.client.parcel.command;
