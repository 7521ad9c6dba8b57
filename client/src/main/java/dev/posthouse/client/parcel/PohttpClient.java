package dev.posthouse.client.parcel;

import dev.posthouse.client.https.Octets;
import dev.posthouse.client.https.OctetsApi;
import dev.posthouse.client.https.Patience;
import java.time.Clock;
import java.time.Duration;

/**
 * Delivers parcels over PoHTTP (RS-007), following the server to another place where it asks for
 * that. A repeat is no second parcel.
 *
 * @param api the server's
 * @param patience how to wait between attempts
 * @param clock by which time is over
 * @param timeout how long to go on trying
 */
public record PohttpClient(OctetsApi api, Patience patience, Clock clock, Duration timeout)
        implements AutoCloseable {

    private static final String PARCEL = "application/vnd.awala.parcel";

    /** Returns when the server has the parcel. */
    public void deliver(byte[] parcel) {
        Octets octets = new Octets(PARCEL, parcel);
        patience.untilSettled(clock.instant().plus(timeout), () -> api.postAnywhere(octets));
    }

    @Override
    public void close() {
        api.close();
    }
}
