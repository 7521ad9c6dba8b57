package dev.posthouse.common.guard;

/**
 * A host that is not called (YMP, section 5, forbidden or unknown). It repeats neither the name nor
 * what that resolves to: whoever named the host is told nothing of our network.
 */
public final class UncallableHost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. The first four hold until a setting or the name's addresses change. */
    public enum Reason {
        /** It is no {@code hostname[:port]}. */
        SYNTAX("host.syntax", "This is not a host name."),
        /** It is an IP literal or localhost, and no setting lists it. */
        UNLISTED("host.unlisted", "The host is an address or localhost."),
        /** No setting lists the port. */
        PORT("host.port", "The port may not be called."),
        /** One of its addresses is not global unicast. */
        ADDRESS("host.address", "The host has an address that may not be called."),
        /** It has no address, or no name server said so: it may have one later. */
        UNKNOWN("host.unknown", "The host has no known address."),
        /** The resolver took too long: it may be quicker later. */
        LATE("host.late", "The host's addresses were not found in time.");

        private final String code;
        private final String message;

        Reason(String code, String message) {
            this.code = code;
            this.message = message;
        }

        /** The fixed machine word, for metrics and logs. */
        public String code() {
            return code;
        }
    }

    private final Reason reason;

    UncallableHost(Reason reason) {
        super(reason.message);
        this.reason = reason;
    }

    /** Why not. */
    public Reason reason() {
        return reason;
    }
}
