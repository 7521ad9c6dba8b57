package dev.posthouse.ca.publication;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.x509.SessionName;
import java.time.Instant;

/**
 * One issuance, as CA and repository both know it.
 *
 * @param jti its key at both
 * @param name chosen by the client
 * @param accessUrl a capability: never shown
 * @param received when the proxy handed it over
 * @param expires when everything about it ends
 * @param traceparent the trace in which it was received, or null
 */
public record Session(
        String jti,
        SessionName name,
        String accessUrl,
        Instant received,
        Instant expires,
        String traceparent) {

    /** What logs and events may say of it. */
    public String jtiHash() {
        return AccessUrl.jtiHash(jti);
    }

    @Override
    public String toString() {
        return "Session[" + jtiHash() + "]";
    }
}
