package dev.posthouse.local.suite;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param ours whether it is started and stopped here
 */
public record Broker(String bootstrapServers, boolean ours) {

    static final String SERVERS = "kafka.bootstrap-servers";
    static final List<String> KEYS = List.of(SERVERS);

    private static final String ONE = "[^,:\\s]+:[0-9]{1,5}|\\[[0-9A-Fa-f:.]+\\]:[0-9]{1,5}";

    static Broker of(Settings settings, Ports ports) {
        return settings.broker().orElseGet(() -> new Broker("127.0.0.1:" + ports.kafka(), true));
    }

    /** The one that these settings name. */
    static Optional<Broker> given(Map<String, Setting> settings) {
        Setting servers = settings.get(SERVERS);
        if (servers == null) {
            return Optional.empty();
        }
        if (!servers.value().matches("(%s)(,(%s))*".formatted(ONE, ONE))) {
            throw servers.refused("the address is written <host>:<port>[,<host>:<port>…]");
        }
        return Optional.of(new Broker(servers.value(), false));
    }
}
