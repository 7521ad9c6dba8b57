package dev.posthouse.e2e;

import dev.posthouse.local.suite.DevelopmentPki;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.Settings;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.TestPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The one suite of this JVM's tests: packaged services as processes, PostgreSQL and Kafka in
 * processes of their own, everything on free ports. Between the hops stand {@link LossyHop}s, which
 * pass everything on unless a test has asked for a loss.
 */
final class Running {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Retries quick enough for a test; all else as the playground has it. */
    private static final List<String> QUICK =
            List.of(
                    "proxy.backoff.cap=1s",
                    "ca.backoff.cap=1s",
                    "proxy.worker.lease=5s",
                    "ca.worker.lease=5s");

    private static Running running;

    private final Suite suite;
    private final LossyHop proxyToCa = new LossyHop();
    private final LossyHop caToRepository = new LossyHop();

    private Running() {
        Path directory = Loopback.temporaryDirectory("e2e");
        List<String> words = new java.util.ArrayList<>(QUICK);
        words.add("proxy.ca-url=" + proxyToCa.url());
        words.add("ca.repository-internal-url=" + caToRepository.url());
        Settings settings = Settings.parse(words);
        Path home = Path.of(System.getProperty("posthouse.home")).toAbsolutePath().normalize();
        // The suite's own processes run on what is packaged, as the launcher starts them.
        System.setProperty(
                "java.class.path",
                home.resolve("deploy/local/target/posthouse-local.jar").toString());
        suite =
                new Suite(
                        new SuitePlan(
                                home,
                                new StateDirectory(directory),
                                settings,
                                Ports.free(settings),
                                SuitePlan.Manner.BROKER_APART),
                        System.out::println);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(directory), "stop-suite"));
        suite.start();
        proxyToCa.begin(tls("ca-service"), suite.service(Service.CA).url(), tls("proxy-service"));
        caToRepository.begin(
                tls("repository-service"),
                suite.service(Service.REPOSITORY).url(),
                tls("ca-service"));
    }

    private void stop(Path directory) {
        suite.close();
        Loopback.delete(directory);
    }

    /** The suite, started by the first test that asks. */
    static synchronized Running suite() {
        if (running == null) {
            running = new Running();
        }
        return running;
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

    private Tls tls(String identity) {
        return Tls.of(pki(), identity);
    }

    /** A client that shows nothing and trusts the services. */
    Device device() {
        return new Device(url(Service.PROXY), Tls.anonymous(pki()));
    }

    /** Kills a service as a crash would, and starts it again. */
    void crash(Service service) {
        var part = suite.service(service).part();
        part.kill();
        part.start();
        part.awaitReady(PATIENCE);
    }

    /** One number out of a service's database. */
    long count(Service service, String sql) {
        try (Connection connection = TestPostgres.connect(suite.jdbcUrl(service));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
