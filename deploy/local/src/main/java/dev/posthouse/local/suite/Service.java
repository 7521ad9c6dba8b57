package dev.posthouse.local.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A service of the suite, in the order in which a certificate passes them: where it listens unless
 * told otherwise, and the events it tells of, each with a topic of its own.
 */
public enum Service {
    /** Takes a client's CSR. */
    PROXY(8441, "csr-accepted csr-forwarded"),
    /** Signs. */
    CA(8442, "certificate-issued certificate-refused"),
    /** Keeps the certificate until it is collected. */
    REPOSITORY(8443, "certificate-stored certificate-collected"),
    /** Exchanges messages with other hosts; no certificate passes it. */
    YMP(
            8447,
            "token-granted token-revoked token-received token-refused"
                    + " packet-accepted packet-rejected packet-sent packet-dead message-received"),
    /** Relays parcels; no certificate passes it either. */
    RELAY(8444, "parcel-accepted parcel-collected parcel-delivered parcel-dead parcel-expired");

    private static final int MANAGEMENT = 1000;

    private final int port;
    private final String events;

    Service(int port, String events) {
        this.port = port;
        this.events = events;
    }

    /** The short name, under which its settings stand. */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Maven module, which is also the name in its certificate. */
    public String module() {
        return shortName() + "-service";
    }

    int standardPort() {
        return port;
    }

    int standardManagementPort() {
        return port + MANAGEMENT;
    }

    /** Every service's topics, {@code <short>.<event>}; nothing makes one by using it. */
    static List<String> topics() {
        return Arrays.stream(values())
                .flatMap(service ->
                        Arrays.stream(service.events.split(" ", -1))
                                .map(event -> service.shortName() + "." + event))
                .toList();
    }

    static Optional<Service> named(String shortName) {
        return Arrays.stream(values())
                .filter(service -> service.shortName().equals(shortName))
                .findFirst();
    }

    static String allNames() {
        return Arrays.stream(values()).map(Service::shortName).collect(Collectors.joining(", "));
    }
}
