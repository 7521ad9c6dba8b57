package dev.posthouse.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.posthouse.local.process.Reach;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What runs and where, as {@code status --json} prints it and {@code run.json} keeps it. Files are
 * absolute, URLs have no path.
 *
 * @param services by short name
 * @param trustAnchor what clients trust proxy and repository by
 * @param deviceRoot what visitors trust devices by
 * @param operator who may use admin doors
 * @param application who may use YMP hosts
 * @param database where PostgreSQL is
 * @param kafka where Kafka is
 */
record Status(
        Map<String, ServiceStatus> services,
        @JsonProperty("trust_anchor") String trustAnchor,
        @JsonProperty("device_root") String deviceRoot,
        Caller operator,
        Caller application,
        String database,
        String kafka) {

    /** How a service is. */
    enum HealthState {
        /** Ready. */
        UP,
        /** Running, but not ready. */
        DOWN,
        /** Its process is gone. */
        STOPPED
    }

    /** One service. */
    record ServiceStatus(
            String url,
            @JsonProperty("management_url") String managementUrl,
            HealthState health,
            long pid,
            String log) {

        ServiceStatus with(HealthState now) {
            return new ServiceStatus(url, managementUrl, now, pid, log);
        }
    }

    /** A certificate and its key. */
    record Caller(String cert, String key) {}

    /** The same, with every service's health as it is now. */
    Status refreshed(Function<ServiceStatus, HealthState> look) {
        Map<String, ServiceStatus> now = new LinkedHashMap<>();
        services.forEach((name, service) -> now.put(name, service.with(look.apply(service))));
        return new Status(now, trustAnchor, deviceRoot, operator, application, database, kafka);
    }

    boolean allUp() {
        return services.values().stream().allMatch(service -> service.health() == HealthState.UP)
                && infrastructure(database) == HealthState.UP
                && infrastructure(kafka) == HealthState.UP;
    }

    /** Whether somebody listens at one of the addresses, with or without scheme and user. */
    static HealthState infrastructure(String addresses) {
        String hosts = addresses.replaceFirst("^[a-z]+://", "").replaceFirst("^.*@", "");
        boolean there =
                Arrays.stream(hosts.split(",", -1)).map(Reach::parse).anyMatch(Reach::answers);
        return there ? HealthState.UP : HealthState.STOPPED;
    }
}
