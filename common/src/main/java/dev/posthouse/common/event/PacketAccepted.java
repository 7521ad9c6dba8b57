package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * {@code packet.accepted}: a packet of a host is in the inbox (YMP, section 9).
 *
 * @param peer the other host
 * @param messages how many of it were new
 */
public record PacketAccepted(String peer, int messages) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "packet.accepted";
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
