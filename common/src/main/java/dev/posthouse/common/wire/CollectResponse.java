package dev.posthouse.common.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The certificate, as the client collects it (certificates, section 2.4).
 *
 * @param cert the chain, leaf first, without the root, in the form the client sent its CSR in
 * @param sessionName the name the client asked with
 */
public record CollectResponse(String cert, @JsonProperty("session_name") String sessionName) {

    /** A session name or an AccessURL is in it, which no log may show. */
    @Override
    public String toString() {
        return "CollectResponse[hidden]";
    }
}
