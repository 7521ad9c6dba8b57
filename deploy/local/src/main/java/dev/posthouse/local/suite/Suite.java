package dev.posthouse.local.suite;

import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.suite.SuitePlan.Manner;
import dev.posthouse.testing.Loopback;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Everything that runs, from one start to one close. Data and keys stay in the state directory. */
public final class Suite implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SuitePlan plan;
    private final Consumer<String> progress;
    private final List<Part> infrastructure = new CopyOnWriteArrayList<>();
    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private Playground playground;
    private boolean closed;

    /**
     * A suite that does not run yet.
     *
     * @param plan what to start
     * @param progress told, line by line, how far the start has come
     */
    public Suite(SuitePlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Starts one of each and returns when all are ready. What failed to start is stopped again. */
    public void start() {
        long begin = System.nanoTime();
        try {
            plan.requirePackaged();
            plan.ports().requireFree();
            plan.state().create();
            startInfrastructure();
            playground =
                    new Playground(
                            DevelopmentPki.in(plan.state().pki(), Clock.systemUTC()),
                            plan.ports(),
                            plan.settings());
            awaitReady(infrastructure, begin);
            for (Service service : Service.values()) {
                startInstance(service);
            }
            awaitReady(services.stream().map(ServiceProcess::part).toList(), begin);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void startInfrastructure() {
        String postgres = "postgres=" + plan.ports().postgres();
        String kafka = "kafka=" + plan.ports().kafka();
        if (plan.manner() == Manner.BROKER_APART) {
            launch(infrastructurePart("postgres", postgres));
            launch(infrastructurePart("kafka", kafka));
        } else {
            launch(infrastructurePart("infrastructure", postgres, kafka));
        }
    }

    private Part infrastructurePart(String name, String... parts) {
        Path ready = plan.state().run().resolve(name + ".ready");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Infrastructure.class.getName(),
                                plan.state().path().toString(),
                                ready.toString()));
        arguments.addAll(Arrays.asList(parts));
        Part part = new Part(name, arguments, plan.state(), new ReadyFile(ready));
        infrastructure.add(part);
        return part;
    }

    private void startInstance(Service service) {
        start(
                service,
                service.shortName(),
                plan.ports().of(service),
                plan.ports().managementOf(service));
    }

    /** Starts one more instance of a service, on ports of its own; it is not ready yet. */
    public ServiceProcess startReplica(Service service) {
        String name = service.shortName() + "-" + (instances(service).size() + 1);
        return start(service, name, Loopback.freePort(), Loopback.freePort());
    }

    private ServiceProcess start(Service service, String name, int port, int managementPort) {
        Map<String, String> settings = playground.of(service, port, managementPort);
        ServiceProcess instance = ServiceProcess.of(service, name, plan, settings);
        services.add(instance);
        launch(instance.part());
        return instance;
    }

    /** Not after the close, which may come from another thread while this one still starts. */
    private synchronized void launch(Part part) {
        if (closed) {
            throw new IllegalStateException("the suite is being stopped");
        }
        part.start();
    }

    private void awaitReady(List<Part> parts, long begin) {
        for (Part part : parts) {
            part.awaitReady(PATIENCE);
            double seconds = (System.nanoTime() - begin) / 1e9;
            progress.accept("%-15s ready after %4.1f s".formatted(part.name(), seconds));
        }
    }

    /** The first instance of a service. */
    public ServiceProcess service(Service service) {
        return instances(service).getFirst();
    }

    /** Every instance of a service. */
    public List<ServiceProcess> instances(Service service) {
        return services.stream().filter(instance -> instance.service() == service).toList();
    }

    /** The process of Kafka alone; only if the plan keeps the broker apart. */
    public Part kafka() {
        return infrastructure("kafka");
    }

    /** The process of PostgreSQL alone; only if the plan keeps the broker apart. */
    public Part postgres() {
        return infrastructure("postgres");
    }

    private Part infrastructure(String name) {
        return infrastructure.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has no process of its own"));
    }

    /** Keys and certificates of this suite. */
    public DevelopmentPki pki() {
        return playground.pki();
    }

    /** {@code host:port} of Kafka. */
    public String bootstrapServers() {
        return "127.0.0.1:" + plan.ports().kafka();
    }

    /** The JDBC URL of a service's database, user included. */
    public String jdbcUrl(Service service) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres"
                .formatted(plan.ports().postgres(), service.database());
    }

    /** All processes, those of the infrastructure first. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(infrastructure);
        services.forEach(instance -> parts.add(instance.part()));
        return parts;
    }

    /** Waits until a process ends by itself; empty when it ended because of {@link #close}. */
    public Optional<JavaProcess> awaitAnyEnd() {
        JavaProcess first =
                parts().stream()
                        .map(part -> part.process().onExit())
                        .reduce((one, other) -> one.applyToEither(other, ended -> ended))
                        .orElseThrow()
                        .join();
        synchronized (this) {
            return closed ? Optional.empty() : Optional.of(first);
        }
    }

    /** Stops the services, all at once, and then what they depend on. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        stopServices(Part.PATIENCE);
        stop(infrastructure, Part.PATIENCE);
    }

    /** Stops the services, all at once; what they depend on goes on. */
    void stopServices(Duration patience) {
        stop(services.stream().map(ServiceProcess::part).toList(), patience);
    }

    private static void stop(List<Part> parts, Duration patience) {
        List<Thread> stopping =
                parts.stream()
                        .map(part -> Thread.ofVirtual().start(() -> part.stop(patience)))
                        .toList();
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
