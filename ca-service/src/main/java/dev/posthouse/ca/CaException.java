package dev.posthouse.ca;

import dev.posthouse.common.net.ForbiddenAddress;
import dev.posthouse.common.x509.InvalidCsr;

/** Every way the CA refuses (certificates, sections 3, 5, 6 and 10). */
public abstract sealed class CaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private CaException(String message) {
        super(message, null, false, false);
    }

    /** The AccessURL already stands for another CSR or another address. */
    public static final class SessionConflict extends CaException {
        private static final long serialVersionUID = 1L;

        public SessionConflict() {
            super("This AccessURL already belongs to another request.");
        }
    }

    /** This session gets no certificate; the repository is told so too. */
    public static final class IssuanceRefused extends CaException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        /** What was recorded earlier, said again. */
        public IssuanceRefused(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }

        /** The CSR breaks a rule of certificates, section 5. */
        public static IssuanceRefused csr(InvalidCsr invalid) {
            return new IssuanceRefused(400, invalid.code(), invalid.getMessage());
        }

        /** Another live session has this key (certificates, section 5 rule 8). */
        public static IssuanceRefused keyInUse() {
            return new IssuanceRefused(
                    400, "csr.key.in-use", "The key serves another session that has not ended.");
        }

        /** {@code client_addr} is no address. */
        public static IssuanceRefused unreadableClient() {
            return new IssuanceRefused(400, "address.client", "client_addr is not an IP address.");
        }

        /** {@code wan_addr} is no address. */
        public static IssuanceRefused unreadableWan() {
            return new IssuanceRefused(400, "address.wan", "wan_addr is not an IP address.");
        }

        /** The proxy saw another address than the CSR asks for (certificates, section 6). */
        public static IssuanceRefused mismatch() {
            return new IssuanceRefused(
                    403, "address.mismatch", "The CSR's address is not client_addr.");
        }

        /** No certificate may carry this address (certificates, sections 5 and 6). */
        public static IssuanceRefused forbidden(ForbiddenAddress forbidden) {
            return new IssuanceRefused(403, forbidden.code(), forbidden.getMessage());
        }

        /** The issuing CA may not issue for this address (certificates, section 10). */
        public static IssuanceRefused outsideConstraints() {
            return new IssuanceRefused(
                    403,
                    "address.outside-constraints",
                    "The issuing CA may not issue for this address.");
        }

        /** The HTTP status it had when it was decided. */
        public int status() {
            return status;
        }

        /** The fixed machine word. */
        public String code() {
            return code;
        }
    }
}
