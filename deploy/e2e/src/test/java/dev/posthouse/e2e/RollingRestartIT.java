package dev.posthouse.e2e;

import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Two replicas of each service, restarted in turn under load: no call fails that a client's normal
 * retry does not heal.
 */
final class RollingRestartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CLIENTS = 6;

    private final Running suite = Running.suite();

    @Test
    void losesNothing() throws Exception {
        Map<Service, ServiceProcess> second = new EnumMap<>(Service.class);
        for (Service service : Running.CERTIFICATES) {
            second.put(service, suite.processes().startReplica(service));
        }
        second.values().forEach(replica -> replica.part().awaitReady(Running.PATIENCE));
        second.forEach((service, replica) ->
                suite.balancer(service).to(List.of(suite.url(service), replica.url())));
        try (Load load = Load.steady(CLIENTS, suite.balancedDevice(), suite, PATIENCE)) {
            for (Service service : Running.CERTIFICATES) {
                load.awaitEnded(load.ended() + CLIENTS);
                restart(suite.processes().service(service).part());
                if (Running.LONG) {
                    load.awaitEnded(load.ended() + CLIENTS);
                    restart(second.get(service).part());
                }
            }
            load.end();
            load.assertEachHasExactlyOneCertificate();
        } finally {
            for (Service service : Running.CERTIFICATES) {
                suite.balancer(service).to(List.of(suite.url(service)));
            }
            second.values().forEach(replica -> replica.part().stop());
        }
    }

    private static void restart(Part part) {
        part.stop();
        part.start();
        part.awaitReady(Running.PATIENCE);
    }
}
