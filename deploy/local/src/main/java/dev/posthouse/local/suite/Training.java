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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Records the {@link AotCache} of every service in one run of the suite.
 *
 * <ol>
 *   <li>All start, recording.
 *   <li>A few certificates go the whole way, so that what requests need is recorded as well.
 *   <li>The services stop; each JVM assembles its cache before it is gone.
 *   <li>Only when all have come to that end are the caches put in their places.
 * </ol>
 *
 * @param plan of a recording suite
 * @param suite not started yet
 */
public record Training(SuitePlan plan, Suite suite) {

    /** What makes the run short. */
    public static final List<String> SETTINGS = List.of("proxy.lead.initial=1s");

    private static final int ROUNDS = 3;
    private static final Duration COLLECTION = Duration.ofMinutes(1);
    private static final Duration ASSEMBLY = Duration.ofMinutes(3);

    /** Runs it; the suite's infrastructure is left running. */
    public void run() {
        suite.start();
        CertClient client = client();
        for (int round = 0; round < ROUNDS; round++) {
            request(client, KeyType.P256, PemForm.PEM);
            request(client, KeyType.RSA2048, PemForm.B64);
        }
        suite.stopServices(ASSEMBLY);
        Stream.of(Service.values()).map(plan::cache).forEach(AotCache::keep);
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

    private void request(CertClient client, KeyType key, PemForm form) {
        Order order =
                new Order(
                        ProxyUrl.parse(suite.service(Service.PROXY).url().toString()),
                        IpAddress.parse("127.0.0.1"),
                        new KeyWish.Fresh(key),
                        form,
                        null);
        SessionFile session = new SessionFile(plan.state().run().resolve("training.session"));
        client.request(order, session, COLLECTION);
        session.delete();
    }
}
