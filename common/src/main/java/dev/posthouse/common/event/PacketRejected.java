package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * {@code packet.rejected}: a packet of a host was refused (YMP, section 9).
 *
 * @param peer the other host
 * @param code why, as in the problem
 */
public record PacketRejected(String peer, String code) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "packet.rejected";
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
