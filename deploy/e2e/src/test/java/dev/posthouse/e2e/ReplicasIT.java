package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import dev.posthouse.testing.CsrMaker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two replicas of each service on one database behave as one. */
final class ReplicasIT {

    private static final int SESSIONS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Running suite = Running.suite();

    @Test
    void twoOfEachAreOne() throws Exception {
        Map<Service, ServiceProcess> second = new EnumMap<>(Service.class);
        for (Service service : Running.CERTIFICATES) {
            second.put(service, suite.processes().startReplica(service));
        }
        try {
            second.values().forEach(replica -> replica.part().awaitReady(Running.PATIENCE));
            Device first = suite.device();
            Device other = new Device(second.get(Service.PROXY).url(), Tls.anonymous(suite.pki()));

            List<Device.Answer> answers = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Device.Answer>> running = new ArrayList<>();
                for (int i = 0; i < SESSIONS; i++) {
                    Device.Session session = Device.session(CsrMaker.p256());
                    running.add(threads.submit(() -> both(first, other, session, second)));
                }
                for (Future<Device.Answer> answer : running) {
                    answers.add(answer.get());
                }
            }

            assertThat(answers).allSatisfy(a -> assertThat(a.status()).isEqualTo(200));
            assertThat(answers.stream().map(a -> a.text("cert")).distinct()).hasSize(SESSIONS);
        } finally {
            second.values().forEach(replica -> replica.part().stop());
        }
    }

    /** Submits to both proxies at once, collects from the other repository than the URL's. */
    private static Device.Answer both(
            Device first, Device other, Device.Session session, Map<Service, ServiceProcess> second)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Device.Answer> here = threads.submit(() -> first.submit(session));
            Future<Device.Answer> there = threads.submit(() -> other.submit(session));
            String accessUrl = here.get().text("access_url");
            assertThat(there.get().text("access_url")).isEqualTo(accessUrl);
            URI elsewhere =
                    second.get(Service.REPOSITORY).url().resolve(URI.create(accessUrl).getPath());
            long end = System.nanoTime() + PATIENCE.toNanos();
            return Device.persist(() -> other.collect(elsewhere.toString(), session), end)
                    .orElseThrow();
        }
    }
}
