package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * {@code token.refused}: a host took our token no longer (YMP, section 9).
 *
 * @param peer the other host
 */
public record TokenRefused(String peer) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "token.refused";
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
