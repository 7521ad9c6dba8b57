package dev.posthouse.proxy;

/** Every way the proxy refuses beyond a bad CSR (certificates, sections 3, 6, 9 and 11). */
public abstract sealed class ProxyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ProxyException(String message) {
        super(message, null, false, false);
    }

    /** The CSR's address is not the one the request came from. */
    public static final class AddressMismatch extends ProxyException {
        private static final long serialVersionUID = 1L;

        public AddressMismatch() {
            super("The CSR names another address than the one it came from.");
        }
    }

    /** The claimed address is outside the ranges this proxy vouches for. */
    public static final class AddressNotClaimable extends ProxyException {
        private static final long serialVersionUID = 1L;

        public AddressNotClaimable() {
            super("The CSR's address is outside the ranges that may be claimed here.");
        }
    }

    /** The request came from an address that no network has outside. */
    public static final class WanNotGlobal extends ProxyException {
        private static final long serialVersionUID = 1L;

        public WanNotGlobal() {
            super("The request does not come from a global address.");
        }
    }

    /** The outside address of this network is neither set nor learned. */
    public static final class WanUnknown extends ProxyException {
        private static final long serialVersionUID = 1L;

        public WanUnknown() {
            super("The outside address of this network is not known yet.");
        }
    }

    /** The session name is taken by another CSR or another client. */
    public static final class SessionConflict extends ProxyException {
        private static final long serialVersionUID = 1L;

        public SessionConflict() {
            super("This session name is in use with a different request.");
        }
    }

    /** The key serves another live session. */
    public static final class KeyInUse extends ProxyException {
        private static final long serialVersionUID = 1L;

        public KeyInUse() {
            super("This key is in use by another session.");
        }
    }

    /** Too many sessions of this address wait for the CA. */
    public static final class TooManyOpenSessions extends ProxyException {
        private static final long serialVersionUID = 1L;

        public TooManyOpenSessions() {
            super("Too many sessions from here are still open.");
        }
    }

    /** More is coming in than is let in. */
    public static final class Overloaded extends ProxyException {
        private static final long serialVersionUID = 1L;

        public Overloaded() {
            super("The service has too much to do just now.");
        }
    }
}
