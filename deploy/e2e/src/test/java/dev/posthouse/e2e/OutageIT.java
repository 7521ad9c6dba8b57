package dev.posthouse.e2e;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.gateway.Collection.Mode;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.CsrMaker;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * CA, repository, Kafka away and back (certificates, section 9): longer than a lease, or as long as
 * {@code -Doutage} says.
 */
final class OutageIT {

    private static final Duration AWAY =
            Duration.ofSeconds(Integer.getInteger("posthouse.outage", 6));
    private static final Duration PATIENCE = AWAY.plusSeconds(60);
    private static final int SESSIONS = 20;

    private final Running suite = Running.suite();

    @Test
    void withoutTheCaCsrsAreStillAccepted() throws Exception {
        Part ca = suite.processes().service(Service.CA).part();
        Heap heap = Heap.of(suite);
        ca.stop();
        try (Load load = Load.of(SESSIONS, suite, PATIENCE)) {
            Device.Session session = Device.session(CsrMaker.p256());
            Device.Answer accepted = suite.device().submit(session);
            away(ca);

            assertThat(accepted.status()).isEqualTo(200);
            load.assertEachHasExactlyOneCertificate();
            assertThat(suite.device().obtain(session, PATIENCE).map(Device.Answer::status))
                    .contains(200);
            heap.assertFlat();
        }
    }

    @Test
    void withoutTheRepositoryCertificatesAreStillIssued() throws Exception {
        Part repository = suite.processes().service(Service.REPOSITORY).part();
        Heap heap = Heap.of(suite);
        repository.stop();
        long before = issued();
        try (Load load = Load.of(SESSIONS, suite, PATIENCE)) {
            away(repository);

            assertThat(issued() - before).isGreaterThanOrEqualTo(SESSIONS);
            load.assertEachHasExactlyOneCertificate();
            heap.assertFlat();
        }
    }

    @Test
    void withoutKafkaEverythingGoesOnAndItsEventsFollow() throws Exception {
        Part kafka = suite.processes().kafka();
        Heap heap = Heap.of(suite);
        kafka.stop();
        try (Load load = Load.of(SESSIONS, suite, Duration.ofSeconds(30))) {
            load.assertEachHasExactlyOneCertificate();
            for (Service service : Service.values()) {
                assertThat(suite.processes().service(service).part().ready())
                        .as("%s is ready without Kafka", service)
                        .isTrue();
            }
            assertThat(relayed(SESSIONS)).as("parcels that are collected").isEqualTo(SESSIONS);
            // Acknowledgements are recorded a moment after they come.
            await(
                    "events of what was accepted and collected wait",
                    () ->
                            suite.count(Service.RELAY, "select count(*) from outbox")
                                    >= 2L * SESSIONS);
            assertThat(suite.count(Service.REPOSITORY, "select count(*) from outbox"))
                    .isGreaterThanOrEqualTo(SESSIONS);
            away(kafka);

            for (Service service : Service.values()) {
                assertThat(drained(service)).as("outbox of %s", service).isTrue();
            }
            heap.assertFlat();
        }
    }

    /** How many of so many parcels come through a relay. */
    private int relayed(int parcels) {
        AtomicInteger collected = new AtomicInteger();
        try (PrivateGateway gateway =
                PrivateGateway.at(
                        suite.processes().service(Service.RELAY), suite, Running.PATIENCE)) {
            NodeIdentity sender = gateway.authorized();
            for (int n = 0; n < parcels; n++) {
                gateway.deliver(gateway.parcel(sender, UUID.randomUUID().toString()));
            }
            gateway.collect(Mode.UNTIL_EMPTY, parcels, parcel -> collected.incrementAndGet());
        }
        return collected.get();
    }

    private boolean drained(Service service) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            if (suite.count(service, "select count(*) from outbox") == 0) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    private long issued() {
        return suite.count(Service.CA, "select count(*) from certificate where state = 'ISSUED'");
    }

    private static void away(Part part) throws InterruptedException {
        Thread.sleep(AWAY);
        part.start();
        part.awaitReady(Running.PATIENCE);
    }
}
