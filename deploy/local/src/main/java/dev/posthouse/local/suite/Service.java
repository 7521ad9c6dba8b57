package dev.posthouse.local.suite;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A service of the suite, in the order in which a certificate passes them. */
public enum Service {
    /** Takes a client's CSR. */
    PROXY(8441),
    /** Signs. */
    CA(8442),
    /** Keeps the certificate until it is collected. */
    REPOSITORY(8443);

    private static final int MANAGEMENT = 1000;

    private final int port;

    Service(int port) {
        this.port = port;
    }

    /** The short name, under which its settings stand. */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Maven module, which is also the name in its certificate. */
    public String module() {
        return shortName() + "-service";
    }

    /** Its own database. */
    public String database() {
        return "posthouse_" + shortName();
    }

    int standardPort() {
        return port;
    }

    int standardManagementPort() {
        return port + MANAGEMENT;
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
