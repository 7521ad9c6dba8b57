package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.guard.HostName;

/**
 * Fired within this instance after a message for a host has been committed, or may be sent again.
 *
 * @param host whom it is for
 */
public record MessageDue(HostName host) {}
