package dev.posthouse.common.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * {@code GET /state} of the CA and the Repository (certificates, section 12).
 *
 * @param leadTime seconds
 * @param observedAddr the caller's address as this service sees it
 */
public record StateResponse(
        @JsonProperty("lead_time") long leadTime,
        @JsonProperty("observed_addr") String observedAddr) {}
