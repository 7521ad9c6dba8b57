package dev.posthouse.common.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * P → CA {@code POST /csr} (certificates, section 2.2).
 *
 * @param csr the PKCS#10 request; our proxy sends the armour itself
 * @param clientAddr the client's address in its own network, as text
 * @param wanAddr the address under which that network appears outside, as text
 * @param sessionName the client's session name
 * @param accessUrl the AccessURL that the proxy signed for this session
 */
public record CaCsrRequest(
        @NotNull String csr,
        @JsonProperty("client_addr") @NotNull String clientAddr,
        @JsonProperty("wan_addr") @NotNull String wanAddr,
        @JsonProperty("session_name") @NotNull String sessionName,
        @JsonProperty("access_url") @NotNull String accessUrl) {

    /** A session name or an AccessURL is in it, which no log may show. */
    @Override
    public String toString() {
        return "CaCsrRequest[hidden]";
    }
}
