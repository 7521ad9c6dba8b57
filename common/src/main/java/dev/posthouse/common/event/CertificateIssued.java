package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * {@code certificate.issued}: a certificate is signed and recorded (certificates, section 9).
 *
 * @param jtiHash SHA-256 of the AccessURL's {@code jti}, hex
 * @param serial lower-case hex, no leading zeros
 * @param csrHash SHA-256 of the CSR's DER, hex
 * @param notAfter when it ends
 */
public record CertificateIssued(
        @JsonProperty("jti_hash") String jtiHash,
        String serial,
        @JsonProperty("csr_hash") String csrHash,
        @JsonProperty("not_after") Instant notAfter)
        implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "certificate.issued";
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
