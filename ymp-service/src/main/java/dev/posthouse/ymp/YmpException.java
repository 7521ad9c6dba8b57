package dev.posthouse.ymp;

import java.time.Duration;
import java.util.Optional;

/** Every way the YMP host refuses (YMP, sections 7 and 9). */
public final class YmpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Duration after;

    private YmpException(int status, String code, String message, Duration after) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.after = after;
    }

    /** Something of the message is not as it must be. */
    public static YmpException malformed(String code, String message) {
        return new YmpException(400, code, message, null);
    }

    /** Well-formed, but not to be done for this caller or this host. */
    public static YmpException forbidden(String code, String message) {
        return new YmpException(403, code, message, null);
    }

    /** Something else has that name. */
    public static YmpException conflict(String code, String message) {
        return new YmpException(409, code, message, null);
    }

    /** More than is taken at once. */
    public static YmpException tooLarge(String code, String message) {
        return new YmpException(413, code, message, null);
    }

    /** More than is taken now. */
    public static YmpException tooMany(String code, String message, Duration after) {
        return new YmpException(429, code, message, after);
    }

    /** The HTTP status. */
    int status() {
        return status;
    }

    /** The fixed machine word. */
    public String code() {
        return code;
    }

    /** When the same may be tried again, if ever. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(after);
    }
}
