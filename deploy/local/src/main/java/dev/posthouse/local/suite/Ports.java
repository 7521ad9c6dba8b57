package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Who listens where, by the name under which {@code --set} changes it. */
public final class Ports {

    private static final int POSTGRES = 15432;
    private static final int KAFKA = 19092;

    private final Map<String, Integer> byName;

    private Ports(Map<String, Integer> byName) {
        this.byName = byName;
    }

    /** The well-known ports, except where the settings say otherwise. */
    public static Ports standard(Settings settings) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            ports.put(door(service), service.standardPort());
            ports.put(management(service), service.standardManagementPort());
        }
        ports.put("postgres.port", POSTGRES);
        ports.put("kafka.port", KAFKA);
        ports.replaceAll(settings::port);
        return new Ports(ports);
    }

    /** Ports that nobody uses now, except where the settings say otherwise. */
    public static Ports free(Settings settings) {
        Map<String, Integer> ports = new LinkedHashMap<>(standard(settings).byName);
        ports.replaceAll((name, port) -> settings.port(name, Loopback.freePort()));
        return new Ports(ports);
    }

    /** Where a service's HTTPS door is. */
    public int of(Service service) {
        return byName.get(door(service));
    }

    /** Where a service's health and metrics are. */
    public int managementOf(Service service) {
        return byName.get(management(service));
    }

    /** Where PostgreSQL is. */
    public int postgres() {
        return byName.get("postgres.port");
    }

    /** Where Kafka is. */
    public int kafka() {
        return byName.get("kafka.port");
    }

    /** Names every port that another program holds, and what to do about it. */
    public void requireFree() {
        String busy =
                byName.entrySet().stream()
                        .filter(port -> isBusy(port.getValue()))
                        .map(port ->
                                "port %d is in use by another program: stop that, or choose another with --set %s=<number>"
                                        .formatted(port.getValue(), port.getKey()))
                        .collect(Collectors.joining("\n"));
        if (!busy.isEmpty()) {
            throw new LocalFailure(busy);
        }
    }

    /** Whether somebody listens on this port of the loopback address. */
    public static boolean isBusy(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException inUse) {
            return true;
        }
    }

    private static String door(Service service) {
        return service.shortName() + ".port";
    }

    private static String management(Service service) {
        return service.shortName() + ".management-port";
    }
}
