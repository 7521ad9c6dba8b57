package dev.posthouse.relay;

import java.time.Duration;
import java.util.Optional;

/** Every way the relaying gateway refuses (PoHTTP, sections 7, 8 and 11). */
public final class RelayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Duration after;

    private RelayException(int status, String code, String message, Duration after) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.after = after;
    }

    /** No parcel, or no request of the protocol. */
    public static RelayException malformed(String code, String message) {
        return new RelayException(400, code, message, null);
    }

    /** It is not shown who asks, or not rightly. */
    public static RelayException unauthenticated(String code, String message) {
        return new RelayException(401, code, message, null);
    }

    /** A parcel, but an invalid one; or not for this caller. */
    public static RelayException forbidden(String code, String message) {
        return new RelayException(403, code, message, null);
    }

    /** A parcel, countersigned, but an invalid one. */
    public static RelayException invalid(String code, String message) {
        return new RelayException(422, code, message, null);
    }

    /** More than is taken now. */
    public static RelayException unavailable(String code, String message, Duration after) {
        return new RelayException(503, code, message, after);
    }

    /** More than is kept for that gateway or recipient. */
    public static RelayException full(String code, String message, Duration after) {
        return new RelayException(507, code, message, after);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The fixed machine word, for metrics and problem documents. */
    public String code() {
        return code;
    }

    /** When the same may be tried again, if ever. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(after);
    }
}
