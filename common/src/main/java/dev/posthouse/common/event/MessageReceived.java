package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * {@code message.received}: a message is in the inbox (YMP, section 9).
 *
 * @param peer the other host
 * @param id of the message
 * @param seq its number in the inbox
 * @param message as received; null above 64 KiB, to be fetched from the inbox
 */
public record MessageReceived(
        String peer,
        String id,
        long seq,
        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue String message)
        implements Event.Data {

    @Override
    @JsonIgnore
    public String type() {
        return "message.received";
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
