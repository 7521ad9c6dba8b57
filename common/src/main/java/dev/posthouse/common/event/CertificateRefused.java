package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * {@code certificate.refused}: the CA refuses a session for good (certificates, section 8).
 *
 * @param jtiHash SHA-256 of the AccessURL's {@code jti}, hex
 * @param csrHash SHA-256 of the CSR's DER, hex
 * @param code why, such as {@code csr.key.size}
 */
public record CertificateRefused(
        @JsonProperty("jti_hash") String jtiHash,
        @JsonProperty("csr_hash") String csrHash,
        String code)
        implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "certificate.refused";
    }

    @Override
    @JsonIgnore
    public String origin() {
        return "ca";
    }

    @Override
    @JsonIgnore
    public String subject() {
        return jtiHash;
    }
}
