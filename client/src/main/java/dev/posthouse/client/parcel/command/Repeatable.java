package dev.posthouse.client.parcel.command;

import dev.posthouse.client.failure.ClientException.Unavailable;

/** A delivery that may have arrived, though nobody said so. */
final class Repeatable {

    private Repeatable() {}

    static void call(ParcelReport parcel, Runnable delivery) {
        try {
            delivery.run();
        } catch (Unavailable e) {
            throw new Unavailable(
                    e.getMessage()
                            + "; it may have been accepted: repeat it, a new one with --id "
                            + parcel.id(),
                    e);
        }
    }
}
