package dev.posthouse.repository;

import java.time.Duration;

/** Every way the repository refuses (certificates, sections 3, 7 and 8). */
public abstract sealed class RepositoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RepositoryException(String message) {
        super(message, null, false, false);
    }

    /** A field of the CA's message is a string, but not the right one. */
    public static final class MalformedField extends RepositoryException {
        private static final long serialVersionUID = 1L;
        private final String code;

        public MalformedField(String code, String message) {
            super(message);
            this.code = code;
        }

        /** The fixed machine word of this refusal. */
        public String code() {
            return code;
        }
    }

    /** AccessURL unknown, forged, expired or already deleted. */
    public static final class UnknownAccessUrl extends RepositoryException {
        private static final long serialVersionUID = 1L;

        public UnknownAccessUrl() {
            super("There is no such AccessURL.");
        }
    }

    /** The CA has not spoken yet. */
    public static final class NotReady extends RepositoryException {
        private static final long serialVersionUID = 1L;

        public NotReady() {
            super("The certificate is not ready yet.");
        }
    }

    /** The session name is not the one the AccessURL was made for. */
    public static final class SessionMismatch extends RepositoryException {
        private static final long serialVersionUID = 1L;

        public SessionMismatch() {
            super("This session name does not belong to this AccessURL.");
        }
    }

    /** The CA has refused this session for good. */
    public static final class IssuanceRefused extends RepositoryException {
        private static final long serialVersionUID = 1L;

        public IssuanceRefused(String code) {
            super("There will be no certificate: " + code + ".");
        }
    }

    /** The collector's address is none of the certificate's. */
    public static final class ForeignAddress extends RepositoryException {
        private static final long serialVersionUID = 1L;

        public ForeignAddress() {
            super("Your address is none of the certificate's.");
        }
    }

    /** The CA has already said something else of this session. */
    public static final class CertConflict extends RepositoryException {
        private static final long serialVersionUID = 1L;

        public CertConflict() {
            super("Something else is already stored for this AccessURL.");
        }
    }

    /** One AccessURL is asked too often. */
    public static final class TooManyCollections extends RepositoryException {
        private static final long serialVersionUID = 1L;
        private final transient Duration retryAfter;

        public TooManyCollections(Duration retryAfter) {
            super("This AccessURL is asked too often.");
            this.retryAfter = retryAfter;
        }

        /** When to ask again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
