package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * {@code packet.sent}: a host has taken a packet of ours (YMP, section 9).
 *
 * @param peer the other host
 * @param messages how many it held
 */
public record PacketSent(String peer, int messages) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "packet.sent";
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
