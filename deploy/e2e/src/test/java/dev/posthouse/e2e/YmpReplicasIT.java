package dev.posthouse.e2e;

import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two replicas of a YMP host on one database are one host (YMP, section 9): applications use
 * either, other hosts notice nothing, and one, in long runs each, is restarted while messages go
 * both ways.
 */
final class YmpReplicasIT {

    private static final int MESSAGES = 600;
    private static final int SENDERS = 8;
    private static final int FEW = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Running suite = Running.suite();
    private final Tls application = Tls.of(suite.pki(), "application");

    @Test
    void twoAreOneHostWhicheverIsRestarted() throws Exception {
        ServiceProcess another = suite.processes().startReplica(Service.YMP);
        try (YmpHost west = new YmpHost(suite.processes().service(Service.YMP), application);
                YmpHost second = west.replica(another, application);
                YmpHost east = new YmpHost(suite.processes().service(Running.EAST), application)) {
            another.part().awaitReady(Running.PATIENCE);
            Part first = west.process().part();
            for (Part restarted : Running.LONG ? List.of(first, another.part()) : List.of(first)) {
                try (Letters eastward =
                                Letters.begin(
                                        MESSAGES, SENDERS, List.of(west, second), east, PATIENCE);
                        Letters westward =
                                Letters.begin(MESSAGES, SENDERS, east, second, PATIENCE)) {
                    eastward.awaitReceived(FEW);
                    westward.awaitReceived(FEW);
                    restart(restarted);

                    eastward.assertEachCameExactlyOnce(MESSAGES);
                    westward.assertEachCameExactlyOnce(MESSAGES);
                }
            }
        } finally {
            another.part().stop();
        }
    }

    private static void restart(Part part) {
        part.stop();
        part.start();
        part.awaitReady(Running.PATIENCE);
    }
}
