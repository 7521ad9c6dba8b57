package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Who listens where, by the name under which {@code --set} changes it. */
public final class Ports {

    private static final int POSTGRES = 15432;
    private static final int KAFKA = 19092;

    /** Between one of a role and the next. */
    private static final int APART = 100;

    private final Map<String, Integer> byName;

    private Ports(Map<String, Integer> byName) {
        this.byName = byName;
    }

    /**
     * The well-known ports, except where the settings say otherwise. Each further one of a role
     * listens 100 above the one before it.
     */
    public static Ports standard(Settings settings) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        Map<Service, Integer> before = new EnumMap<>(Service.class);
        for (Instance instance : settings.roster().instances()) {
            Service role = instance.role();
            int further = APART * (before.merge(role, 1, Integer::sum) - 1);
            ports.put(instance.door(), role.standardPort() + further);
            ports.put(instance.management(), role.standardManagementPort() + further);
        }
        if (settings.database().isEmpty()) {
            ports.put("postgres.port", POSTGRES);
        }
        if (settings.broker().isEmpty()) {
            ports.put("kafka.port", KAFKA);
        }
        ports.replaceAll(settings::port);
        return new Ports(ports);
    }

    /** Ports that nobody uses now, except where the settings say otherwise. */
    public static Ports free(Settings settings) {
        Map<String, Integer> ports = new LinkedHashMap<>(standard(settings).byName);
        ports.replaceAll((name, port) -> settings.port(name, Loopback.freePort()));
        return new Ports(ports);
    }

    /** Where the HTTPS door of the first of a role is. */
    public int of(Service service) {
        return of(Instance.of(service));
    }

    /** Where health and metrics of the first of a role are. */
    public int managementOf(Service service) {
        return managementOf(Instance.of(service));
    }

    int of(Instance instance) {
        return byName.get(instance.door());
    }

    int managementOf(Instance instance) {
        return byName.get(instance.management());
    }

    /** Where the embedded PostgreSQL is. */
    public int postgres() {
        return byName.get("postgres.port");
    }

    /** Where the embedded Kafka is. */
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
}
