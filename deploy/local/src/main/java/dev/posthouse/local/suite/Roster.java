package dev.posthouse.local.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who takes part: one of each role, unless more are asked for. {@code replicas.ca=2} makes two
 * processes of one name; {@code instance.west=repository} makes a second party of a role.
 */
public final class Roster {

    /** Owns settings such as {@code replicas.ca=2}. */
    public static final String REPLICAS = "replicas";

    /** Owns settings such as {@code instance.west=repository}. */
    public static final String INSTANCE = "instance";

    private static final Set<String> RESERVED =
            Set.of(REPLICAS, INSTANCE, "postgres", "kafka", "infrastructure");

    /** More would run into the management ports, which are 1000 above. */
    private static final int MOST_OF_A_ROLE = 9;

    private final Map<String, Service> roles = new LinkedHashMap<>();
    private final Map<String, Integer> replicas = new LinkedHashMap<>();

    private Roster() {
        for (Service role : Service.values()) {
            roles.put(role.shortName(), role);
        }
    }

    static Roster of(List<Setting> settings) {
        Roster roster = new Roster();
        settings.stream().filter(one -> one.owner().equals(INSTANCE)).forEach(roster::addInstance);
        settings.stream().filter(one -> one.owner().equals(REPLICAS)).forEach(roster::addReplicas);
        return roster;
    }

    /** Whether a setting says who takes part, and so is none of a service. */
    static boolean concerns(Setting setting) {
        return setting.owner().equals(INSTANCE) || setting.owner().equals(REPLICAS);
    }

    private void addInstance(Setting setting) {
        String name = setting.key();
        if (!name.matches("[a-z][a-z0-9]{0,30}")) {
            throw setting.refused("a name is a small letter and up to 30 small letters and digits");
        }
        if (RESERVED.contains(name) || Service.named(name).isPresent()) {
            throw setting.refused("the name '" + name + "' is taken");
        }
        roles.put(
                name,
                Service.named(setting.value())
                        .orElseThrow(
                                () -> setting.refused("the services are " + Service.allNames())));
        requireFew(setting);
    }

    private void addReplicas(Setting setting) {
        if (!roles.containsKey(setting.key())) {
            throw setting.refused(
                    "no service is called '%s'; the services are %s"
                            .formatted(setting.key(), names()));
        }
        replicas.put(setting.key(), setting.number(1, MOST_OF_A_ROLE, "how many there are"));
        requireFew(setting);
    }

    private void requireFew(Setting setting) {
        Map<Service, Long> count =
                instances().stream()
                        .collect(Collectors.groupingBy(Instance::role, Collectors.counting()));
        if (count.values().stream().anyMatch(many -> many > MOST_OF_A_ROLE)) {
            throw setting.refused("more than %d of one role".formatted(MOST_OF_A_ROLE));
        }
    }

    /** All that run: by role, in the order of {@link Service}. */
    public List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (Service role : Service.values()) {
            roles.forEach((name, its) -> {
                for (int replica = 1;
                        its == role && replica <= replicas.getOrDefault(name, 1);
                        replica++) {
                    all.add(new Instance(name, role, replica));
                }
            });
        }
        return all;
    }

    /** The names of all parties of a role. */
    public List<String> parties(Service role) {
        return instances().stream()
                .filter(one -> one.role() == role && one.replica() == 1)
                .map(Instance::name)
                .toList();
    }

    /** The databases they need, each once. */
    List<String> databases() {
        return instances().stream().map(Instance::database).distinct().toList();
    }

    /** What the party of this name does. */
    Optional<Service> role(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    /** Every party's name, for messages. */
    String names() {
        return String.join(", ", roles.keySet());
    }
}
