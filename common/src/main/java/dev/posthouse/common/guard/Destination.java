package dev.posthouse.common.guard;

import dev.posthouse.common.net.IpAddress;
import java.util.List;

/**
 * Where a host may be called: connect to one of the addresses, without asking a resolver again, and
 * verify the certificate by the name.
 *
 * @param name as it was asked for
 * @param addresses at least one, to be tried in turn
 */
public record Destination(HostName name, List<IpAddress> addresses) {

    /** Keeps the addresses as they are now. */
    public Destination {
        addresses = List.copyOf(addresses);
    }
}
