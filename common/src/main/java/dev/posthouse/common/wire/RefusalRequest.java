package dev.posthouse.common.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * CA → R {@code POST /cert/refusal} (certificates, section 8): this session gets no certificate.
 *
 * @param accessUrl the session's AccessURL
 * @param sessionName the client's session name
 * @param code why, such as {@code csr.key.size}
 */
public record RefusalRequest(
        @JsonProperty("access_url") @NotNull String accessUrl,
        @JsonProperty("session_name") @NotNull String sessionName,
        @NotNull String code) {

    /** A session name or an AccessURL is in it, which no log may show. */
    @Override
    public String toString() {
        return "RefusalRequest[hidden]";
    }
}
