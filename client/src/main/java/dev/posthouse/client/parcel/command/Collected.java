package dev.posthouse.client.parcel.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.posthouse.client.parcel.ReceivedParcel;
import java.nio.file.Path;

/**
 * A parcel that was collected.
 *
 * @param file where it is
 * @param parcel what it says, or null when that cannot be read
 * @param problem why not, or null
 */
@JsonInclude(Include.NON_NULL)
record Collected(String file, @JsonUnwrapped ParcelReport parcel, String problem) {

    static Collected of(Path file, byte[] octets) {
        try {
            ParcelReport parcel = ParcelReport.of(ReceivedParcel.read(octets));
            return new Collected(file.toString(), parcel, null);
        } catch (IllegalArgumentException unreadable) {
            return new Collected(file.toString(), null, unreadable.getMessage());
        }
    }

    String line() {
        return file + "  " + (parcel == null ? problem : parcel.line());
    }
}
