package dev.posthouse.common.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The answer to a CSR: to the client (certificates, section 2.1) and, for old callers, to the proxy
 * (section 2.2).
 *
 * @param accessUrl where the client collects its certificate; opaque
 * @param leadTime seconds after which one collection should succeed, at least 0
 */
public record CsrResponse(
        @JsonProperty("access_url") String accessUrl, @JsonProperty("lead_time") long leadTime) {

    /** A session name or an AccessURL is in it, which no log may show. */
    @Override
    public String toString() {
        return "CsrResponse[hidden]";
    }
}
