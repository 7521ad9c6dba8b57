package dev.posthouse.relay.collection;

/** Why a connection is closed by us (PoHTTP, section 11.1). */
enum Ending {
    /** All that waited is with the client: close-upon-completion. */
    COMPLETE(1000, "Nothing is left"),
    /** No handshake as it must be, a gateway that may not collect, or no id of ours. */
    REFUSED(1003, "Refused"),
    /** A browser may not collect. */
    ORIGIN(1008, "No Origin, please"),
    /** A message longer than any there is. */
    TOO_LONG(1009, "Too long"),
    /** Our trouble. */
    FAILED(1011, "Try again later"),
    /** Another of us, or we ourselves a little later, will go on. */
    COME_AGAIN(4000, "Come again");

    private final short code;
    private final String reason;

    Ending(int code, String reason) {
        this.code = (short) code;
        this.reason = reason;
    }

    short code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
