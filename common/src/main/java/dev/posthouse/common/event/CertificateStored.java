package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * {@code certificate.stored}: a certificate waits for its client (certificates, section 8); proxies
 * learn lead_time from it.
 *
 * @param jtiHash SHA-256 of the AccessURL's {@code jti}, hex
 * @param accepted the AccessURL's {@code iat}: when the proxy accepted the CSR
 * @param stored when the repository committed it
 */
public record CertificateStored(
        @JsonProperty("jti_hash") String jtiHash, Instant accepted, Instant stored)
        implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "certificate.stored";
    }

    @Override
    @JsonIgnore
    public String origin() {
        return "repository";
    }

    @Override
    @JsonIgnore
    public String subject() {
        return jtiHash;
    }
}
