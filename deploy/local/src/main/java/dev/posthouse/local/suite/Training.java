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
 * @param extent how much is done meanwhile
 */
public record Training(SuitePlan plan, Suite suite, Extent extent) {

    private static final String PEER = "peer";

    /** What makes the run short, and whom it needs. */
    public static final List<String> SETTINGS =
            List.of("proxy.lead.initial=1s", "instance." + PEER + "=ymp");

    private static final Duration COLLECTION = Duration.ofMinutes(1);
    private static final Duration ASSEMBLY = Duration.ofMinutes(3);

    /**
     * How much is done.
     *
     * @param clients for certificates, at once
     * @param rounds of each
     * @param messages each way
     * @param gateways at once
     * @param parcels for each, each way
     */
    public record Extent(int clients, int rounds, int messages, int gateways, int parcels) {

        /**
         * The cache keeps what the JVM has learned of hot code too, so some of it should be hot.
         */
        public static final Extent WHOLE = new Extent(16, 12, 200, 4, 100);

        /** Each kind of request once: what a start needs is loaded. */
        public static final Extent BRIEF = new Extent(1, 1, 1, 1, 1);
    }

    /** Runs it; the suite's infrastructure is left running. */
    public void run() {
        suite.start();
        train();
        suite.stopServices(ASSEMBLY);
        boolean briefly = extent.equals(Extent.BRIEF);
        Stream.of(Service.values()).map(plan::cache).forEach(cache -> cache.keep(briefly));
    }

    private void train() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < extent.clients(); client++) {
                String name = "training-" + client + ".session";
                SessionFile session = new SessionFile(plan.state().run().resolve(name));
                clients.add(threads.submit(() -> requestOften(session)));
            }
            clients.add(threads.submit(this::exchange));
            for (int gateway = 0; gateway < extent.gateways(); gateway++) {
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
            for (int i = 0; i < extent.messages(); i++) {
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

    private void take(Correspondent application) {
        long end = System.nanoTime() + COLLECTION.toNanos();
        for (int taken = 0; taken < extent.messages(); taken += application.take()) {
            if (System.nanoTime() > end) {
                throw new LocalFailure("only %d messages came".formatted(taken));
            }
        }
    }

    /** Each way that a parcel comes; they are stored by the time that it is answered. */
    private void relay() {
        try (ParcelExchange gateway =
                new ParcelExchange(suite.service(Service.RELAY), suite.pki())) {
            for (int i = 0; i < extent.parcels(); i++) {
                gateway.post();
                gateway.deliver();
            }
            int taken = gateway.collect();
            if (taken < 2 * extent.parcels()) {
                throw new LocalFailure("only %d parcels came".formatted(taken));
            }
        }
    }

    private void requestOften(SessionFile session) {
        CertClient client = client();
        for (int round = 0; round < extent.rounds(); round++) {
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
