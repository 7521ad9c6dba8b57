package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * {@code token.received}: we hold a token to send to a host with (YMP, section 9).
 *
 * @param peer the other host
 * @param expires when the token ends
 */
public record TokenReceived(String peer, Instant expires) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "token.received";
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
