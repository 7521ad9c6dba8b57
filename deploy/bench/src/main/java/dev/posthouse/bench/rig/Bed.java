package dev.posthouse.bench.rig;

import dev.posthouse.local.suite.DevelopmentPki;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import dev.posthouse.local.suite.Settings;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.local.suite.Suite;
import dev.posthouse.local.suite.SuitePlan;
import dev.posthouse.local.suite.SuitePlan.Manner;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.TestPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One suite for the whole run: durable PostgreSQL and Kafka stay up; its services are started as a
 * page needs them, alone or together, with the flags that the launcher gives them.
 */
public final class Bed implements AutoCloseable {

    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String STATIC_POST = "static-post";
    private static final String STATIC_POST_JAR =
            "deploy/bench/static-post/target/quarkus-app/quarkus-run.jar";

    private final Path home;
    private final StateDirectory state;
    private final Suite suite;
    private final Map<Service, Arguments> arguments = new EnumMap<>(Service.class);
    private final List<ServiceProcess> unused = new ArrayList<>();
    private final Map<String, Path> recorded = new ConcurrentHashMap<>();
    private final List<Process> adopted = new CopyOnWriteArrayList<>();
    private final List<Path> recordings = new CopyOnWriteArrayList<>();

    private Bed(Path home, StateDirectory state, Suite suite) {
        this.home = home;
        this.state = state;
        this.suite = suite;
    }

    private static SuitePlan plan(Path home, StateDirectory state) {
        Settings settings = Settings.parse(List.of());
        return new SuitePlan(home, state, settings, Ports.free(settings), Manner.BROKER_APART);
    }

    /** Whether every service has a start-up cache of this build. */
    public static boolean cached(Path home) {
        return plan(home, new StateDirectory(home)).cached();
    }

    /** Whether every service has at least one that was recorded briefly. */
    public static boolean quick(Path home) {
        return plan(home, new StateDirectory(home)).quick();
    }

    /** Starts PostgreSQL, Kafka and, once, every service. */
    public static Bed start(Path home, Consumer<String> progress) {
        StateDirectory state = new StateDirectory(Loopback.temporaryDirectory("bench"));
        SuitePlan plan = plan(home, state);
        Bed bed = new Bed(home, state, new Suite(plan, progress));
        Runtime.getRuntime().addShutdownHook(new Thread(bed::close, "stop-bench"));
        bed.suite.start();
        for (Service service : Service.values()) {
            ServiceProcess process = bed.suite.service(service);
            bed.arguments.put(service, new Arguments(process.part().arguments()));
            bed.unused.add(process);
        }
        return bed;
    }

    /** One service with some settings of its own. */
    public Instance start(Service service, Map<String, String> settings) {
        stopUnused();
        return startBeside(service, settings);
    }

    private Instance startBeside(Service service, Map<String, String> settings) {
        Arguments told = arguments.get(service).with(settings);
        return Instance.start(service.shortName(), recorded(service.shortName(), told), this);
    }

    /** Another party of a service, beside what runs, on ports and a database of its own. */
    public Instance startParty(Service service, String name, Map<String, String> settings) {
        Map<String, String> own = new TreeMap<>(settings);
        own.put("quarkus.management.port", String.valueOf(Loopback.freePort()));
        own.put(JDBC_URL, urlOf(arguments.get(service).of(JDBC_URL), name));
        return Instance.start(name, arguments.get(service).with(own), this);
    }

    /** A party's database, made when it is missing. */
    public String makeDatabase(Service service, String name) {
        try (Connection connection = TestPostgres.connect(jdbcUrl(service));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return urlOf(jdbcUrl(service), name);
    }

    private static String urlOf(String jdbcUrl, String database) {
        return jdbcUrl.replaceFirst("/[a-z_]+(\\?|$)", "/" + database + "$1");
    }

    /** All services, as the suite has them: those it began with, or new ones. */
    public List<Instance> startAll() {
        if (!unused.isEmpty() && recorded.isEmpty()) {
            List<Instance> running = unused.stream().map(Instance::of).toList();
            unused.clear();
            return running;
        }
        stopUnused();
        return Arrays.stream(Service.values())
                .parallel()
                .map(service -> startBeside(service, Map.of()))
                .toList();
    }

    private void stopUnused() {
        unused.parallelStream().forEach(process -> process.part().stop());
        unused.clear();
    }

    /** One service with the start-up cache, if there is one. */
    public Optional<Instance> startCached(Service service) {
        stopUnused();
        Arguments told = arguments.get(service);
        return told.cached()
                ? Optional.of(Instance.start(service.shortName(), told, this))
                : Optional.empty();
    }

    /** One service without the start-up cache. */
    public Instance startPlain(Service service) {
        stopUnused();
        return Instance.start(service.shortName(), arguments.get(service).plain(), this);
    }

    /** The static POST, with the flags, the identity and the ports of the repository. */
    public Instance startStaticPost() {
        stopUnused();
        Arguments told =
                arguments.get(Service.REPOSITORY).plain().running(home.resolve(STATIC_POST_JAR));
        return Instance.start(STATIC_POST, recorded(STATIC_POST, told), this);
    }

    /** The names of all that can be recorded. */
    public static List<String> recordable() {
        return Stream.concat(
                        Arrays.stream(Service.values()).map(Service::shortName),
                        Stream.of(STATIC_POST))
                .toList();
    }

    /** From now on each run of this service is recorded to a file of its own in a directory. */
    public void record(String name, Path directory) {
        recorded.put(name, directory);
    }

    /** All that was recorded. */
    public List<Path> recordings() {
        return List.copyOf(recordings);
    }

    private Arguments recorded(String name, Arguments told) {
        Path directory = recorded.get(name);
        if (directory == null) {
            return told;
        }
        Path file = directory.resolve("%s-%d.jfr".formatted(name, recordings.size() + 1));
        recordings.add(file);
        return told.with(Recording.option(file));
    }

    /** Where a service listens when it runs. */
    public URI url(Service service) {
        return URI.create(
                "https://localhost:" + arguments.get(service).of("quarkus.http.ssl-port"));
    }

    /** Keys and certificates. */
    public DevelopmentPki pki() {
        return suite.pki();
    }

    /** The JDBC URL of a service's database, user included. */
    public String jdbcUrl(Service service) {
        return suite.jdbcUrl(service);
    }

    /** The JVM that runs Kafka and nothing else. */
    public long kafkaPid() {
        return suite.kafka().process().pid();
    }

    /** Where PostgreSQL keeps its data, which its command line names. */
    public Path postgresData() {
        return state.path().resolve("postgres").resolve("data");
    }

    /** Where the project is. */
    public Path home() {
        return home;
    }

    /** A directory that goes with the run. */
    public Path scratch() {
        return state.path();
    }

    /** Somebody else's process, which shall not outlive the run either. */
    public void adopt(Process process) {
        adopted.add(process);
    }

    StateDirectory state() {
        return state;
    }

    @Override
    public synchronized void close() {
        if (Files.exists(state.path())) {
            adopted.forEach(process -> process.destroyForcibly().onExit().join());
            state.stopProcesses();
            suite.close();
            Loopback.delete(state.path());
        }
    }
}
