package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * {@code csr.accepted}: the proxy has recorded a CSR and promised an outcome (certificates, section
 * 9).
 *
 * @param jtiHash SHA-256 of the AccessURL's {@code jti}, hex
 * @param csrHash SHA-256 of the CSR's DER, hex
 */
public record CsrAccepted(
        @JsonProperty("jti_hash") String jtiHash, @JsonProperty("csr_hash") String csrHash)
        implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "csr.accepted";
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
