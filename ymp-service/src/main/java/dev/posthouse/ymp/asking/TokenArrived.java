package dev.posthouse.ymp.asking;

import dev.posthouse.common.guard.HostName;

/**
 * Fired within this instance after a token has been committed; other instances find the peer due.
 *
 * @param host to which it lets us send
 */
public record TokenArrived(HostName host) {}
