package dev.posthouse.e2e;

import dev.posthouse.client.file.Pkcs12;
import dev.posthouse.client.pki.Identity;
import dev.posthouse.client.pki.PkiDirectory;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.local.suite.DevelopmentPki;
import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import dev.posthouse.local.suite.Settings;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A suite of packaged services as processes, PostgreSQL and Kafka in processes of their own,
 * everything on free ports. Before each service stands a {@link Balancer}, and between the hops
 * {@link LossyHop}s, which pass everything on unless a test has asked for something else. Most
 * tests share one suite.
 */
final class Running implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Whether failures last minutes and happen often, as behind {@code -Psoak}. */
    static final boolean LONG = Boolean.getBoolean("posthouse.long");

    /** Those that a certificate passes. */
    static final List<Service> CERTIFICATES =
            List.of(Service.PROXY, Service.CA, Service.REPOSITORY);

    /** The second YMP host of the shared suite. */
    static final String EAST = "east";

    /** The second relay of the shared suite. */
    static final String NORTH = "north";

    /** Where that one speaks PoWeb without TLS. */
    static final int NORTH_PLAIN_PORT = Loopback.freePort();

    /** The relay that is the one of the vectors, at their instant. */
    static final String PAST = "past";

    /** Parcels, good and bad, and that relay's identity. */
    static final Path VECTORS =
            Path.of(System.getProperty("posthouse.home"))
                    .resolve("relay-service/src/test/resources/vectors/pohttp")
                    .toAbsolutePath()
                    .normalize();

    /**
     * What the second ones have otherwise: the YMP host is as strict about callbacks as usual, so
     * that a test sees it, and the relay hands parcels out one by one, as the public Node client
     * wants it.
     */
    private static final List<String> SECOND_PARTIES =
            List.of(
                    "instance." + EAST + "=ymp",
                    EAST + ".backoff.cap=1s",
                    EAST + ".limits.callbacks-per-host=30",
                    "instance." + NORTH + "=relay",
                    NORTH + ".delivery.retry-cap=1s",
                    NORTH + ".delivery.first-retry=200ms",
                    NORTH + ".poweb.in-flight=1",
                    NORTH + ".poweb.plain-port=" + NORTH_PLAIN_PORT,
                    "instance." + PAST + "=relay",
                    PAST + ".posthouse.clock=2026-11-22T05:06:10Z",
                    PAST + ".internet-address=gateway.example.net",
                    PAST + ".identity.key=" + VECTORS.resolve("keys/internet-gateway.pkcs8.der"),
                    PAST + ".identity.certificate=" + VECTORS.resolve("certs/internet-gateway.der"),
                    PAST
                            + ".gateways.registered="
                            + "08c56ec49ef04db47809a29014ed1cca45404de261d37cb015f180103d9792ebd");

    /** Retries, and looks at their own certificates, quick enough for a test. */
    private static final List<String> QUICK =
            List.of(
                    "ymp.backoff.cap=1s",
                    "relay.delivery.first-retry=200ms",
                    "relay.delivery.retry-cap=1s",
                    "proxy.backoff.cap=1s",
                    "ca.backoff.cap=1s",
                    "proxy.worker.lease=5s",
                    "ca.worker.lease=5s",
                    "proxy.quarkus.tls.peer.reload-period=2s",
                    "ca.quarkus.tls.peer.reload-period=2s",
                    "repository.quarkus.tls.peer.reload-period=2s");

    private static Running shared;

    private final StateDirectory state;
    private final Suite suite;
    private final LossyHop proxyToCa = new LossyHop();
    private final LossyHop caToRepository = new LossyHop();
    private final Map<Service, Balancer> balancers = new EnumMap<>(Service.class);

    private Running(Path directory, List<String> more) {
        List<String> words = new ArrayList<>(QUICK);
        words.addAll(more);
        words.add("proxy.ca-url=" + proxyToCa.url());
        words.add("ca.repository-internal-url=" + caToRepository.url());
        Settings settings = Settings.parse(words);
        Path home = Path.of(System.getProperty("posthouse.home")).toAbsolutePath().normalize();
        // The suite's own processes run on what is packaged, as the launcher starts them.
        System.setProperty(
                "java.class.path",
                home.resolve("deploy/local/target/posthouse-local.jar").toString());
        state = new StateDirectory(directory);
        suite =
                new Suite(
                        new SuitePlan(
                                home,
                                state,
                                settings,
                                Ports.free(settings),
                                SuitePlan.Manner.BROKER_APART),
                        System.out::println);
    }

    private Running start() {
        suite.start();
        for (Service service : Service.values()) {
            balancers.put(service, new Balancer(url(service)));
        }
        proxyToCa.begin(tls("ca-service"), balancer(Service.CA).url(), tls("proxy-service"));
        caToRepository.begin(
                tls("repository-service"), balancer(Service.REPOSITORY).url(), tls("ca-service"));
        return this;
    }

    /** The suite that most tests share, started by the first that asks. */
    static synchronized Running suite() {
        if (shared == null) {
            Path directory = Loopback.temporaryDirectory("e2e");
            shared = new Running(directory, SECOND_PARTIES);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(
                                    () -> {
                                        shared.close();
                                        Loopback.delete(directory);
                                    },
                                    "stop-suite"));
            shared.start();
        }
        return shared;
    }

    /** One that a test has for itself, with settings of its own. */
    static Running apart(Path directory, List<String> settings) {
        return new Running(directory, settings).start();
    }

    @Override
    public void close() {
        suite.close();
    }

    Suite processes() {
        return suite;
    }

    LossyHop proxyToCa() {
        return proxyToCa;
    }

    LossyHop caToRepository() {
        return caToRepository;
    }

    URI url(Service service) {
        return suite.service(service).url();
    }

    DevelopmentPki pki() {
        return suite.pki();
    }

    Balancer balancer(Service service) {
        return balancers.get(service);
    }

    private Tls tls(String identity) {
        return Tls.of(pki(), identity);
    }

    /** A client that shows nothing and trusts the services. */
    Device device() {
        return new Device(url(Service.PROXY), Tls.anonymous(pki()));
    }

    /** The same, by way of the balancers. */
    Device balancedDevice() {
        return new Device(
                balancer(Service.PROXY).url(),
                Optional.of(balancer(Service.REPOSITORY).url()),
                Tls.anonymous(pki()));
    }

    /** Kills PostgreSQL, all of its processes at once, as a power cut would. */
    void killDatabase() {
        try {
            Path pid = state.path().resolve("postgres/data/postmaster.pid");
            ProcessHandle postmaster =
                    ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                            .orElseThrow();
            List<ProcessHandle> backends = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            backends.forEach(ProcessHandle::destroyForcibly);
            suite.postgres().kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces a service's key and certificate by new ones.
     *
     * @return the new serial number
     */
    BigInteger renewIdentity(Service service) {
        Identity identity =
                Identity.service(
                        Identity.TRUST_DOMAIN,
                        service.module(),
                        List.of("localhost"),
                        List.of(IpAddress.parse("127.0.0.1")));
        Pkcs12 renewed = identity.create(pki().servicesCa(), Identity.LIFETIME, Clock.systemUTC());
        new PkiDirectory(pki().path(), true).write(service.module(), renewed);
        return renewed.chain().getFirst().getSerialNumber();
    }

    /** Kills a service as a crash would, and starts it again. */
    void crash(Service service) {
        crash(suite.service(service));
    }

    /** The same of one of several parties. */
    void crash(ServiceProcess process) {
        Part part = process.part();
        part.kill();
        part.start();
        part.awaitReady(PATIENCE);
    }

    /** One number out of a service's database. */
    long count(Service service, String sql) {
        return count(suite.service(service), sql);
    }

    /** The same of one of several parties. */
    long count(ServiceProcess process, String sql) {
        try (Connection connection = TestPostgres.connect(suite.jdbcUrl(process.instance()));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
