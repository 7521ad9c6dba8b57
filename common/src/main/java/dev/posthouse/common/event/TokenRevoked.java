package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * {@code token.revoked}: tokens of a host count no longer (YMP, section 9).
 *
 * @param peer the other host
 * @param cause why: {@code grant}, {@code superseded} or {@code operator}
 */
public record TokenRevoked(String peer, String cause) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "token.revoked";
    }

    @Override
    @JsonIgnore
    public String origin() {
        return "ymp";
    }

    @Override
    @JsonIgnore
    public String subject() {
        return peer;
    }
}
