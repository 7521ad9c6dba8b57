package dev.posthouse.relay;

import dev.posthouse.common.door.Refusal;
import java.time.Duration;

/** Every way the relaying gateway refuses (PoHTTP, sections 7, 8 and 11). */
public final class RelayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String COUNTERSIGNATURE =
            "Awala-Countersignature, Relaynet-Countersignature";

    private final transient Refusal refusal;

    private RelayException(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    /** No parcel, or no request of the protocol. */
    public static RelayException malformed(String code, String message) {
        return new RelayException(Refusal.of(400, code, message));
    }

    /** It is not shown who asks, or not rightly; only private gateways are asked so. */
    public static RelayException unauthenticated(String code, String message) {
        return new RelayException(Refusal.challenge(code, message, COUNTERSIGNATURE));
    }

    /** A parcel, but an invalid one; or not for this caller. */
    public static RelayException forbidden(String code, String message) {
        return new RelayException(Refusal.of(403, code, message));
    }

    /** A parcel, countersigned, but an invalid one. */
    public static RelayException invalid(String code, String message) {
        return new RelayException(Refusal.of(422, code, message));
    }

    /** More than is taken now. */
    public static RelayException unavailable(String code, String message, Duration after) {
        return new RelayException(Refusal.retry(503, code, message, after));
    }

    /** More than is kept for that gateway or recipient. */
    public static RelayException full(String code, String message, Duration after) {
        return new RelayException(Refusal.retry(507, code, message, after));
    }

    /** The HTTP status. */
    public int status() {
        return refusal.status();
    }

    /** The fixed machine word, for metrics and problem documents. */
    public String code() {
        return refusal.code();
    }

    /** As it looks outside. */
    public Refusal refusal() {
        return refusal;
    }
}
