package dev.posthouse.local.suite;

import dev.posthouse.client.cert.CertClient;
import dev.posthouse.client.cert.KeyWish;
import dev.posthouse.client.cert.Order;
import dev.posthouse.client.cert.ProxyUrl;
import dev.posthouse.client.cert.SessionFile;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import dev.posthouse.client.pki.KeyType;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.local.process.LocalFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Records the {@link AotCache} of every service in one run of the suite.
 *
 * <ol>
 *   <li>All start, recording.
 *   <li>Some certificates go the whole way, messages both ways between two hosts, and parcels to
 *       gateways that collect them, so that what requests need is recorded as well. The second host
 *       is there for that alone.
 *   <li>The services stop; each JVM assembles its cache before it is gone.
 *   <li>Only when all have come to that end are the caches put in their places.
 * </ol>
 *
 * @param plan of a recording suite
 * @param suite not started yet
 */
public record Training(SuitePlan plan, Suite suite) {

    private static final String PEER = "peer";

    /** What makes the run short, and whom it needs. */
    public static final List<String> SETTINGS =
            List.of("proxy.lead.initial=1s", "instance." + PEER + "=ymp");

    /** The cache keeps what the JVM has learned of hot code too, so some of it should be hot. */
    private static final int CLIENTS = 16;

    private static final int ROUNDS = 12;
    private static final int MESSAGES = 200;
    private static final int GATEWAYS = 4;
    private static final int PARCELS = 100;
    private static final Duration COLLECTION = Duration.ofMinutes(1);
    private static final Duration ASSEMBLY = Duration.ofMinutes(3);

    /** Runs it; the suite's infrastructure is left running. */
    public void run() {
        suite.start();
        train();
        suite.stopServices(ASSEMBLY);
        Stream.of(Service.values()).map(plan::cache).forEach(AotCache::keep);
    }

    private void train() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                String name = "training-" + client + ".session";
                SessionFile session = new SessionFile(plan.state().run().resolve(name));
                clients.add(threads.submit(() -> requestOften(session)));
            }
            clients.add(threads.submit(this::exchange));
            for (int gateway = 0; gateway < GATEWAYS; gateway++) {
                clients.add(threads.submit(this::relay));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        } catch (ExecutionException failed) {
            throw new LocalFailure("the training failed", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("the training was interrupted", stopped);
        }
    }

    private void exchange() {
        try (Correspondent here = correspondent(Service.YMP.shortName());
                Correspondent there = correspondent(PEER)) {
            for (int i = 0; i < MESSAGES; i++) {
                here.send(there, "{\"number\": %d, \"text\": \"hello\"}".formatted(i));
                there.send(here, "{\"number\": %d, \"text\": \"hello\"}".formatted(i));
            }
            take(here);
            take(there);
        }
    }

    private Correspondent correspondent(String party) {
        return new Correspondent(suite.service(party), suite.pki());
    }

    private static void take(Correspondent application) {
        long end = System.nanoTime() + COLLECTION.toNanos();
        for (int taken = 0; taken < MESSAGES; taken += application.take()) {
            if (System.nanoTime() > end) {
                throw new LocalFailure("only %d messages came".formatted(taken));
            }
        }
    }

    /** Each way that a parcel comes; they are stored by the time that it is answered. */
    private void relay() {
        try (ParcelExchange gateway =
                new ParcelExchange(suite.service(Service.RELAY), suite.pki())) {
            for (int i = 0; i < PARCELS; i++) {
                gateway.post();
                gateway.deliver();
            }
            int taken = gateway.collect();
            if (taken < 2 * PARCELS) {
                throw new LocalFailure("only %d parcels came".formatted(taken));
            }
        }
    }

    private void requestOften(SessionFile session) {
        CertClient client = client();
        for (int round = 0; round < ROUNDS; round++) {
            request(client, session, KeyType.P256, PemForm.PEM);
        }
        request(client, session, KeyType.RSA2048, PemForm.B64);
    }

    private CertClient client() {
        Clock clock = Clock.systemUTC();
        return new CertClient(
                Trust.read(suite.pki().trustAnchor()),
                Trust.read(suite.pki().deviceRoot()),
                new Patience(
                        new RetryPolicy(RandomGenerator.getDefault()),
                        clock,
                        (length, why) -> Thread.sleep(length)),
                clock);
    }

    private void request(CertClient client, SessionFile session, KeyType key, PemForm form) {
        Order order =
                new Order(
                        ProxyUrl.parse(suite.service(Service.PROXY).url().toString()),
                        IpAddress.parse("127.0.0.1"),
                        new KeyWish.Fresh(key),
                        form,
                        null);
        client.request(order, session, COLLECTION);
        session.delete();
    }
}
