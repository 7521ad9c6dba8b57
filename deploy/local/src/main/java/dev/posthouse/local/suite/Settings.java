package dev.posthouse.local.suite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code --set <service>.<key>=<value>} and a {@link ConfigFile} ask for. A service's own
 * settings stand under its short name, so the whole word is the setting; those of the libraries
 * below stand as they are, so there the short name only says whose they are. A second party of a
 * role has its own under its own name.
 */
public final class Settings {

    private static final List<String> LIBRARIES =
            List.of("quarkus.", "mp.", "kafka.", "smallrye.", "posthouse.");

    private final Roster roster;
    private final Map<String, Map<String, String>> services = new HashMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, Setting> addresses = new HashMap<>();
    private final Optional<DatabaseServer> database;
    private final Optional<Broker> broker;

    private Settings(List<Setting> settings) {
        roster = Roster.of(settings);
        settings.stream().filter(setting -> !Roster.concerns(setting)).forEach(this::add);
        database = DatabaseServer.given(addresses);
        broker = Broker.given(addresses);
        requireOneOf("postgres.port", database.isPresent(), DatabaseServer.URL);
        requireOneOf("kafka.port", broker.isPresent(), Broker.SERVERS);
    }

    private void requireOneOf(String port, boolean given, String address) {
        if (given && ports.containsKey(port)) {
            throw new IllegalArgumentException(
                    "%s moves the embedded server; with %s there is none".formatted(port, address));
        }
    }

    /** Reads words such as {@code proxy.mode=wan}; the last one of a key wins. */
    public static Settings parse(List<String> words) {
        return of(words.stream().map(word -> Setting.parse("--set", word)).toList());
    }

    /** Understands what was asked for; the last one of a key wins. */
    public static Settings of(List<Setting> settings) {
        return new Settings(settings);
    }

    private void add(Setting setting) {
        String owner = setting.owner();
        String name = owner + "." + setting.key();
        if (setting.key().equals("port") || setting.key().equals("management-port")) {
            requirePart(setting);
            ports.put(name, setting.number(1, 65_535, "a port"));
        } else if (DatabaseServer.KEYS.contains(name) || Broker.KEYS.contains(name)) {
            addresses.put(name, setting);
        } else {
            Service role = roster.role(owner).orElseThrow(() -> noSuchSetting(setting));
            boolean library = LIBRARIES.stream().anyMatch(setting.key()::startsWith);
            services.computeIfAbsent(owner, _ -> new TreeMap<>())
                    .put(
                            library ? setting.key() : role.shortName() + "." + setting.key(),
                            setting.value());
        }
    }

    private IllegalArgumentException noSuchSetting(Setting setting) {
        return setting.refused(
                "'%s' has no such setting; the services are %s; else there are postgres.port, kafka.port, %s, %s"
                        .formatted(
                                setting.owner(),
                                roster.names(),
                                String.join(", ", DatabaseServer.KEYS),
                                String.join(", ", Broker.KEYS)));
    }

    private void requirePart(Setting setting) {
        String owner = setting.owner();
        boolean infrastructure =
                setting.key().equals("port") && (owner.equals("postgres") || owner.equals("kafka"));
        if (!infrastructure
                && roster.instances().stream().noneMatch(one -> one.label().equals(owner))) {
            throw setting.refused(
                    "no part is called '%s'; the parts are %s, postgres, kafka"
                            .formatted(
                                    owner,
                                    roster.instances().stream()
                                            .map(Instance::label)
                                            .collect(Collectors.joining(", "))));
        }
    }

    /** Who takes part. */
    public Roster roster() {
        return roster;
    }

    /** Whether PostgreSQL or Kafka is somebody else's. */
    public boolean external() {
        return database.isPresent() || broker.isPresent();
    }

    /** PostgreSQL, if it is somebody else's. */
    Optional<DatabaseServer> database() {
        return database;
    }

    /** Kafka, if it is somebody else's. */
    Optional<Broker> broker() {
        return broker;
    }

    /** The settings of one party, by their full names. */
    Map<String, String> of(Instance instance) {
        return Map.copyOf(services.getOrDefault(instance.name(), Map.of()));
    }

    /** One of a party's settings, or another value when it is not set here. */
    String of(Instance instance, String key, String otherwise) {
        return of(instance).getOrDefault(key, otherwise);
    }

    /** The port asked for under this name, or another. */
    int port(String name, int otherwise) {
        return ports.getOrDefault(name, otherwise);
    }
}
