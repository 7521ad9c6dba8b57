package dev.posthouse.client.parcel.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.posthouse.client.parcel.ParcelContent;
import dev.posthouse.client.parcel.ReceivedParcel;
import java.util.ArrayList;
import java.util.List;

/**
 * A parcel in words.
 *
 * @param internetAddress null where the parcel has none
 */
@JsonInclude(Include.NON_NULL)
record ParcelReport(
        String id,
        String sender,
        String recipient,
        @JsonProperty("internet_address") String internetAddress,
        String created,
        String expires,
        @JsonProperty("payload_octets") int payloadOctets) {

    static ParcelReport of(ReceivedParcel parcel) {
        ParcelContent content = parcel.content();
        return new ParcelReport(
                content.id(),
                parcel.sender().id().text(),
                content.recipient(),
                content.internetAddress().orElse(null),
                content.created().toString(),
                content.expires().toString(),
                content.payload().length);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("id         " + id);
        lines.add("sender     " + sender);
        lines.add("recipient  " + recipient);
        if (internetAddress != null) {
            lines.add("at         " + internetAddress);
        }
        lines.add("created    " + created);
        lines.add("expires    " + expires);
        lines.add("payload    " + payloadOctets + " octets");
        return lines;
    }

    /** All of it in a line. */
    String line() {
        String where = internetAddress == null ? "" : " at " + internetAddress;
        return "id %s  from %s  to %s%s  until %s".formatted(id, sender, recipient, where, expires);
    }
}
