package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.x509.Pem;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.CsrMaker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions under way while something happens to the services, and the ledger of what became of
 * them, kept outside the services.
 */
final class Load implements AutoCloseable {

    private static final int AT_ONCE = 25;

    private final Running suite;
    private final Device device;
    private final Duration patience;
    private final CsrMaker maker = CsrMaker.p256();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Optional<Device.Answer>>> ledger = new CopyOnWriteArrayList<>();
    private final AtomicInteger left;

    private Load(int count, Device device, Running suite, Duration patience) {
        this.left = new AtomicInteger(count);
        this.device = device;
        this.suite = suite;
        this.patience = patience;
    }

    /** Begins so many sessions, some at a time; each has the patience of a client. */
    static Load of(int count, Running suite, Duration patience) {
        return new Load(count, suite.device(), suite, patience).begin(AT_ONCE);
    }

    /** One session after the other in each of so many clients, until {@link #end}. */
    static Load steady(int clients, Device device, Running suite, Duration patience) {
        return new Load(Integer.MAX_VALUE, device, suite, patience).begin(clients);
    }

    private Load begin(int clients) {
        for (int i = 0; i < clients; i++) {
            threads.execute(() -> {
                while (left.getAndDecrement() > 0) {
                    one();
                }
            });
        }
        return this;
    }

    private void one() {
        FutureTask<Optional<Device.Answer>> session =
                new FutureTask<>(() -> device.obtain(next(), patience));
        ledger.add(session);
        session.run();
    }

    /** The maker is one client's: it makes one at a time. */
    private synchronized Device.Session next() {
        return Device.session(maker);
    }

    /** Begins no more sessions; those under way go on. */
    void end() {
        left.set(0);
    }

    /** How many have ended. */
    long ended() {
        return ledger.stream().filter(Future::isDone).count();
    }

    /** Waits until at least so many have ended, as long as one of them may take. */
    void awaitEnded(long count) throws InterruptedException {
        awaitEnded(count, patience);
    }

    /** Waits until at least so many have ended. */
    void awaitEnded(long count, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        while (ended() < count) {
            assertThat(System.nanoTime()).as("%d of %d ended", ended(), count).isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** Begins no more sessions; those under way end within that time. */
    void settle(Duration most) throws InterruptedException {
        end();
        awaitEnd(most);
    }

    private void awaitEnd(Duration most) throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(most.toSeconds(), TimeUnit.SECONDS))
                .as("%d of %d have ended after %s", ended(), ledger.size(), most)
                .isTrue();
    }

    /** Each session ends in exactly one certificate: nothing lost, nothing doubled. */
    void assertEachHasExactlyOneCertificate() throws Exception {
        awaitEnd(patience);
        Set<String> serials = new HashSet<>();
        for (int i = 0; i < ledger.size(); i++) {
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
        assertThat(serials).hasSameSizeAs(ledger).isNotEmpty();
        assertThat(doubled()).isZero();
    }

    private Optional<Device.Answer> outcome(int i) throws InterruptedException {
        try {
            return ledger.get(i).get();
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
        end();
        threads.shutdownNow();
        threads.close();
    }
}
