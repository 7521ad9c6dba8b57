package dev.posthouse.ymp.granting;

import java.util.Locale;

/** What became of a request for a token; its sender is told of none. */
enum Fate {
    /** The host named has a token. */
    GRANTED,
    /** It has not taken it. */
    FAILED,
    /** It has no host information, or may not be called. */
    UNKNOWN,
    /** It is us, blocked, or not listed. */
    FORBIDDEN,
    /** Its grants have failed too often. */
    PAUSED,
    /** It has been called too often within the minute. */
    THROTTLED,
    /** Three newer states came while this one waited. */
    SUPERSEDED,
    /** Too many hosts are being called. */
    BUSY,
    /** It was no request. */
    MALFORMED,
    /** Too many wait. */
    FULL,
    /** Too many came from that address. */
    LIMITED,
    /** We failed. */
    ERROR;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
