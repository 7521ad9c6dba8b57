package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.x509.Pem;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.CsrMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Sessions under way while something happens to the services, and the ledger of what became of
 * them, kept outside the services.
 */
final class Load implements AutoCloseable {

    private static final int AT_ONCE = 25;

    private final Running suite;
    private final Device device;
    private final CsrMaker maker = CsrMaker.p256();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore turn = new Semaphore(AT_ONCE);
    private final List<Device.Session> sessions = new ArrayList<>();
    private final List<Future<Optional<Device.Answer>>> outcomes = new ArrayList<>();

    private Load(Running suite) {
        this.suite = suite;
        this.device = suite.device();
    }

    /** Begins so many sessions, some at a time; each has the patience of a client. */
    static Load of(int count, Running suite, Duration patience) {
        Load load = new Load(suite);
        for (int i = 0; i < count; i++) {
            Device.Session session = Device.session(load.maker);
            load.sessions.add(session);
            load.outcomes.add(
                    load.threads.submit(() -> {
                        load.turn.acquire();
                        try {
                            return load.device.obtain(session, patience);
                        } finally {
                            load.turn.release();
                        }
                    }));
        }
        return load;
    }

    /** Waits until at least so many have ended. */
    void awaitEnded(int count) {
        while (outcomes.stream().filter(Future::isDone).count() < count) {
            Thread.onSpinWait();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Each session ends in exactly one certificate: nothing lost, nothing doubled. */
    void assertEachHasExactlyOneCertificate() throws Exception {
        Set<String> serials = new HashSet<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Optional<Device.Answer> outcome = outcome(i);
            assertThat(outcome).as("session %d ends", i).isPresent();
            Device.Answer answer = outcome.get();
            assertThat(answer.status()).as("session %d: %s", i, answer).isEqualTo(200);
            serials.add(
                    Pem.certificates(answer.text("cert"))
                            .getFirst()
                            .getSerialNumber()
                            .toString(16));
        }
        assertThat(serials).hasSameSizeAs(sessions);
        assertThat(doubled()).isZero();
    }

    private Optional<Device.Answer> outcome(int i) throws InterruptedException {
        try {
            return outcomes.get(i).get();
        } catch (ExecutionException e) {
            throw new AssertionError("session " + i, e.getCause());
        }
    }

    private long doubled() {
        return suite.count(
                Service.CA,
                "select count(*) from (select jti from certificate where state = 'ISSUED'"
                        + " group by jti having count(*) > 1) twice");
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
