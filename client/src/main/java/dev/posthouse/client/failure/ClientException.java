package dev.posthouse.client.failure;

/** Every way this client gives up. The command line turns each case into an exit code. */
public abstract sealed class ClientException extends RuntimeException {

    private ClientException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The service understood and refused; asking again will not help. */
    public static final class Refused extends ClientException {

        private final int status;
        private final String code;

        /** The answer's status, the problem's code and its sentence. */
        public Refused(int status, String code, String detail) {
            super(detail, null);
            this.status = status;
            this.code = code;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The problem's fixed machine word, such as {@code csr.san.extra}. */
        public String code() {
            return code;
        }
    }

    /** No answer that settles it came in time; the same call may succeed later. */
    public static final class Unavailable extends ClientException {

        /** What was waited for. */
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A server could not be trusted: anchor, certificate, name or clock. */
    public static final class Untrusted extends ClientException {

        /** What is wrong with the trust, and what to look at. */
        public Untrusted(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What came back is not what was asked for; nothing was written. */
    public static final class WrongAnswer extends ClientException {

        /** Which check failed. */
        public WrongAnswer(String message, Throwable cause) {
            super(message, cause);
        }

        /** Which check failed. */
        public WrongAnswer(String message) {
            this(message, null);
        }
    }

    /** A file is missing, unreadable, in the way or cannot be written. */
    public static final class FileProblem extends ClientException {

        /** Which file, and what is wrong with it. */
        public FileProblem(String message, Throwable cause) {
            super(message, cause);
        }

        /** Which file, and what is wrong with it. */
        public FileProblem(String message) {
            this(message, null);
        }
    }
}
