package dev.posthouse.repository;

import java.time.Duration;

/** Every way the repository refuses (certificates, sections 3 and 7). */
public abstract sealed class RepositoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RepositoryException(String message) {
        super(message, null, false, false);
    }

    /** AccessURL unknown, forged, expired or already deleted. */
    public static final class UnknownAccessUrl extends RepositoryException {
        private static final long serialVersionUID = 1L;

        public UnknownAccessUrl() {
            super("There is no such AccessURL.");
        }
    }

    /** Nothing is stored yet. */
    public static final class NotReady extends RepositoryException {
        private static final long serialVersionUID = 1L;
        private final transient Duration retryAfter;

        public NotReady(Duration retryAfter) {
            super("The certificate is not ready yet.");
            this.retryAfter = retryAfter;
        }

        /** When to ask again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
