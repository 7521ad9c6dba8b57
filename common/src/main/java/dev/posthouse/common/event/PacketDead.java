package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * {@code packet.dead}: a message to a host was given up (YMP, section 9).
 *
 * @param peer the other host
 * @param id of the message
 * @param cause why
 */
public record PacketDead(String peer, String id, String cause) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "packet.dead";
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
