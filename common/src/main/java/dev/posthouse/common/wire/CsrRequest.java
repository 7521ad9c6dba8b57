package dev.posthouse.common.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * C → P {@code POST /csr} (certificates, section 2.1). Address fields a client adds are ignored.
 *
 * @param csr PEM of a PKCS#10 request, in either reading of section 2.5
 * @param sessionName the name the client chose for this issuance
 */
public record CsrRequest(
        @NotNull String csr, @JsonProperty("session_name") @NotNull String sessionName) {

    /** A session name or an AccessURL is in it, which no log may show. */
    @Override
    public String toString() {
        return "CsrRequest[hidden]";
    }
}
