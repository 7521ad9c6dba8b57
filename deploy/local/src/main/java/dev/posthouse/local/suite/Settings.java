package dev.posthouse.local.suite;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code --set <service>.<key>=<value>} asks for. A service's own settings stand under its
 * short name, so the whole word is the setting; those of the libraries below stand as they are, so
 * there the short name only says whose they are.
 */
public final class Settings {

    private static final List<String> LIBRARIES = List.of("quarkus.", "mp.", "kafka.", "smallrye.");

    private final Map<Service, Map<String, String>> services = new EnumMap<>(Service.class);
    private final Map<String, Integer> ports = new TreeMap<>();

    private Settings() {
        for (Service service : Service.values()) {
            services.put(service, new TreeMap<>());
        }
    }

    /** Reads words such as {@code proxy.mode=wan}; the last one of a key wins. */
    public static Settings parse(List<String> words) {
        Settings settings = new Settings();
        words.forEach(settings::add);
        return settings;
    }

    private void add(String word) {
        int equals = word.indexOf('=');
        int dot = word.indexOf('.');
        if (dot < 1 || equals <= dot + 1) {
            throw new IllegalArgumentException(
                    "--set wants <service>.<key>=<value>, not '" + word + "'");
        }
        String owner = word.substring(0, dot);
        String key = word.substring(dot + 1, equals);
        String value = word.substring(equals + 1);
        if (key.equals("port") || key.equals("management-port")) {
            ports.put(portOwner(owner) + "." + key, portNumber(word, value));
            return;
        }
        Service service =
                Service.named(owner)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "--set %s: '%s' has no such setting; the services are %s; of postgres and kafka only the port can be set"
                                                .formatted(word, owner, Service.allNames())));
        boolean library = LIBRARIES.stream().anyMatch(key::startsWith);
        services.get(service).put(library ? key : owner + "." + key, value);
    }

    private static String portOwner(String owner) {
        if (owner.equals("postgres") || owner.equals("kafka") || Service.named(owner).isPresent()) {
            return owner;
        }
        throw new IllegalArgumentException(
                "--set: no part is called '%s'; the parts are %s, postgres, kafka"
                        .formatted(owner, Service.allNames()));
    }

    private static int portNumber(String word, String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535 || value.equals("0")) {
            throw new IllegalArgumentException(
                    "--set " + word + ": a port is a number from 1 to 65535");
        }
        return Integer.parseInt(value);
    }

    /** The settings of one service, by their full names. */
    Map<String, String> of(Service service) {
        return Map.copyOf(services.get(service));
    }

    /** One of a service's settings, or another value when it is not set here. */
    String of(Service service, String key, String otherwise) {
        return services.get(service).getOrDefault(key, otherwise);
    }

    /** The port asked for under this name, or another. */
    int port(String name, int otherwise) {
        return ports.getOrDefault(name, otherwise);
    }
}
