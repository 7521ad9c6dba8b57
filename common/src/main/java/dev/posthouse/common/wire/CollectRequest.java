package dev.posthouse.common.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * C → R {@code POST <AccessURL>} (certificates, section 2.4).
 *
 * @param sessionName the name the client chose for this issuance
 */
public record CollectRequest(@JsonProperty("session_name") @NotNull String sessionName) {

    /** A session name or an AccessURL is in it, which no log may show. */
    @Override
    public String toString() {
        return "CollectRequest[hidden]";
    }
}
