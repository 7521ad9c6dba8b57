package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * {@code certificate.collected}: the client has fetched its certificate for the first time
 * (certificates, section 9).
 *
 * @param jtiHash SHA-256 of the AccessURL's {@code jti}, hex
 * @param collected when
 */
public record CertificateCollected(@JsonProperty("jti_hash") String jtiHash, Instant collected)
        implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "certificate.collected";
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
