package dev.posthouse.ymp;

import dev.posthouse.common.door.Refusal;
import java.time.Duration;

/** Every way the YMP host refuses (YMP, sections 7 and 9). */
public final class YmpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    private YmpException(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    /** Something of the message is not as it must be. */
    public static YmpException malformed(String code, String message) {
        return new YmpException(Refusal.of(400, code, message));
    }

    /** Well-formed, but not to be done for this caller or this host. */
    public static YmpException forbidden(String code, String message) {
        return new YmpException(Refusal.of(403, code, message));
    }

    /** Something else has that name. */
    public static YmpException conflict(String code, String message) {
        return new YmpException(Refusal.of(409, code, message));
    }

    /** More than is taken at once. */
    public static YmpException tooLarge(String code, String message) {
        return new YmpException(Refusal.of(413, code, message));
    }

    /** More than is taken now. */
    public static YmpException tooMany(String code, String message, Duration after) {
        return new YmpException(Refusal.retry(429, code, message, after));
    }

    /** The fixed machine word, for metrics and problem documents. */
    public String code() {
        return refusal.code();
    }

    /** As it looks outside. */
    Refusal refusal() {
        return refusal;
    }
}
