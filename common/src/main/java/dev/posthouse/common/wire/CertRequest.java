package dev.posthouse.common.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * CA → R {@code POST /cert} (certificates, section 2.3).
 *
 * @param cert the chain as PEM, leaf first, without the root
 * @param clientAddr the client's address in its own network, as text
 * @param sessionName the client's session name
 * @param accessUrl the session's AccessURL
 */
public record CertRequest(
        @NotNull String cert,
        @JsonProperty("client_addr") @NotNull String clientAddr,
        @JsonProperty("session_name") @NotNull String sessionName,
        @JsonProperty("access_url") @NotNull String accessUrl) {

    /** A session name or an AccessURL is in it, which no log may show. */
    @Override
    public String toString() {
        return "CertRequest[hidden]";
    }
}
