package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * {@code csr.forwarded}: the CA has answered for a CSR (certificates, section 9).
 *
 * @param jtiHash SHA-256 of the AccessURL's {@code jti}, hex
 * @param outcome {@code accepted}, {@code refused} or {@code expired}
 * @param code why it was refused, else null
 */
public record CsrForwarded(@JsonProperty("jti_hash") String jtiHash, String outcome, String code)
        implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "csr.forwarded";
    }

    @Override
    @JsonIgnore
    public String origin() {
        return "proxy";
    }

    @Override
    @JsonIgnore
    public String subject() {
        return jtiHash;
    }
}
