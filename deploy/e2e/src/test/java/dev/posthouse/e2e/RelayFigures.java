package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.gateway.Collection.Mode;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Has a relay do one of everything, so that all its metrics are there. */
final class RelayFigures {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Running suite;

    RelayFigures(Running suite) {
        this.suite = suite;
    }

    /** A parcel each way, both collected, and one for a gateway that does not exist. */
    void appear(ExposedMetrics exposed) throws Exception {
        ServiceProcess relay = suite.processes().service(Service.RELAY);
        ServiceProcess north = suite.processes().service(Running.NORTH);
        try (PrivateGateway west = PrivateGateway.at(relay, suite, PATIENCE);
                PrivateGateway east = PrivateGateway.at(north, suite, PATIENCE)) {
            exchange(west, east);
            exchange(east, west);
            // To the end, which is the relay's: what was collected just now may come once more.
            west.collect(Mode.UNTIL_EMPTY, Integer.MAX_VALUE, parcel -> {});
            NodeIdentity sender = east.authorized();
            west.deliver(east.parcel(sender, newId(), "nowhere.posthouse.example"));
        }
        awaitWaiting(relay, exposed);
    }

    private static void exchange(PrivateGateway from, PrivateGateway to) {
        from.deliver(to.parcel(to.authorized(), newId()));
        to.collect(Mode.FOLLOW, 1, parcel -> {});
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /** What waits is counted every now and then. */
    private static void awaitWaiting(ServiceProcess relay, ExposedMetrics exposed)
            throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String metric :
                List.of("posthouse_relay_outbound_depth", "posthouse_relay_waiting_parcels")) {
            while (!exposed.has(metric)) {
                assertThat(System.nanoTime()).as(metric).isLessThan(end);
                Thread.sleep(200);
                exposed.scrape(relay.managementUrl());
            }
        }
    }
}
