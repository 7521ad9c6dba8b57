package dev.posthouse.local.process;

/** Something the user can mend: the message says what is wrong and what to do. */
public final class LocalFailure extends RuntimeException {

    /** What is wrong and what to do. */
    public LocalFailure(String message) {
        super(message);
    }

    /** What is wrong and what to do. */
    public LocalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
