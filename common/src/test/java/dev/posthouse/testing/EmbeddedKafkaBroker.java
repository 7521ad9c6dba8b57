package dev.posthouse.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.logging.log4j.simple.SimpleLoggerContextFactory;

/**
 * A single-node Kafka (KRaft, broker and controller in one) inside this JVM, on loopback. It makes
 * no topic that nobody asked for, can be stopped and started again on the same port and data, and
 * stops with the JVM.
 */
public final class EmbeddedKafkaBroker implements AutoCloseable {

    /** Fixed, because what was formatted under one cannot be opened under another. */
    private static final Uuid CLUSTER = new Uuid(0x706f737468L, 0x6f757365L);

    private final Options options;
    private final Thread closer = new Thread(this::close, "close-kafka");
    private KafkaRaftServer server;

    /**
     * Where a broker keeps its things.
     *
     * @param directory holds its settings and its log segments; made if missing
     * @param port on 127.0.0.1
     * @param temporary whether the directory goes when the broker is closed
     */
    public record Options(Path directory, int port, boolean temporary) {

        /** A broker for this JVM's tests: on a free port, gone afterwards. */
        public static Options forTests() {
            return new Options(Loopback.temporaryDirectory("kafka"), Loopback.freePort(), true);
        }
    }

    private EmbeddedKafkaBroker(Options options) {
        this.options = options;
    }

    /** Starts a broker; returns when it answers. */
    public static EmbeddedKafkaBroker start(Options options) {
        EmbeddedKafkaBroker broker = new EmbeddedKafkaBroker(options);
        Runtime.getRuntime().addShutdownHook(broker.closer);
        broker.start();
        return broker;
    }

    /** Starts the stopped broker again. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        // Only so that Log4j's interface, which the broker touches, misses no back end aloud.
        System.setProperty(
                "log4j2.loggerContextFactory", SimpleLoggerContextFactory.class.getName());
        Quiet.logger("kafka");
        Quiet.logger("org.apache.kafka");
        Quiet.logger("state.change.logger");
        Properties settings = settings();
        format(settings);
        server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
    }

    private Properties settings() {
        int controller = Loopback.freePort();
        Properties settings = new Properties();
        settings.putAll(
                Map.of(
                        "process.roles", "broker,controller",
                        "node.id", "1",
                        "listeners",
                                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                        .formatted(options.port(), controller),
                        "listener.security.protocol.map",
                                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "controller.listener.names", "CONTROLLER",
                        "controller.quorum.voters", "1@127.0.0.1:" + controller,
                        "log.dirs", options.directory().resolve("data").toString(),
                        "auto.create.topics.enable", "false"));
        settings.putAll(
                Map.of(
                        "offsets.topic.replication.factor", "1",
                        "offsets.topic.num.partitions", "1",
                        "transaction.state.log.replication.factor", "1",
                        "transaction.state.log.min.isr", "1",
                        "transaction.state.log.num.partitions", "1",
                        "group.initial.rebalance.delay.ms", "0",
                        // The default sets 128 MB aside.
                        "log.cleaner.dedupe.buffer.size", "2097152",
                        "num.network.threads", "2",
                        "num.io.threads", "2"));
        return settings;
    }

    /** Formatting what is formatted already changes nothing. */
    private void format(Properties settings) {
        Path file = options.directory().resolve("server.properties");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            Files.createDirectories(options.directory());
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] command = {
            "format",
            "--ignore-formatted",
            "--cluster-id",
            CLUSTER.toString(),
            "--config",
            file.toString()
        };
        if (StorageTool.execute(command, new PrintStream(said)) != 0) {
            throw new IllegalStateException("Kafka's storage cannot be formatted: " + said);
        }
    }

    /** Makes those of the topics that are missing, of one partition each. */
    public void createTopics(Collection<String> names) {
        createTopics(bootstrapServers(), names);
    }

    static void createTopics(String bootstrapServers, Collection<String> names) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Set<String> present = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            admin.createTopics(
                            names.stream()
                                    .filter(name -> !present.contains(name))
                                    .map(name -> new NewTopic(name, 1, (short) 1))
                                    .toList())
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot make the topics " + names, e);
        }
    }

    /** Stops the broker as if it had gone away. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** {@code host:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + options.port();
    }

    /** Stops the broker for good. */
    @Override
    public void close() {
        stop();
        if (options.temporary()) {
            Loopback.delete(options.directory());
        }
        Loopback.forget(closer);
    }
}
