package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * {@code token.granted}: a host holds a token to send to us with (YMP, section 9).
 *
 * @param peer the other host
 * @param expires when the token ends
 */
public record TokenGranted(String peer, Instant expires) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "token.granted";
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
