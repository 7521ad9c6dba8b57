package dev.posthouse.common.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What addresses a name has. */
@FunctionalInterface
public interface Resolver {

    /**
     * May block, and for long.
     *
     * @throws UnknownHostException for a name without an address, and when nobody can be asked
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /** The JDK's, with the machine's settings. */
    static Resolver system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
