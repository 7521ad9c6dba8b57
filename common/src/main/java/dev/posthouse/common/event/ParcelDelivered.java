package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * {@code parcel.delivered}: another gateway has taken a parcel (PoHTTP, section 10).
 *
 * @param id SHA-256 of what the parcel is known by, in hex: its message id may hold anything
 * @param to the private gateway it waits for, or the Internet address it goes to
 */
public record ParcelDelivered(String id, String to) implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "parcel.delivered";
    }

    @Override
    @JsonIgnore
    public String origin() {
        return "relay";
    }

    @Override
    @JsonIgnore
    public String subject() {
        return to;
    }
}
