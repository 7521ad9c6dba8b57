package dev.posthouse.common.call;

/** What is spoken with a host (PoHTTP, section 9). */
public enum Speech {
    /** TLS, and nothing else. */
    TLS,
    /** TLS; plain HTTP with a host on this machine that knows no TLS. */
    TLS_OR_PLAIN,
    /** Plain HTTP, with a host on this machine alone. */
    PLAIN
}
