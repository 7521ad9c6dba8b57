package dev.posthouse.local.suite;

import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.process.Pause;
import dev.posthouse.testing.Loopback;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Everything that runs, from one start to one close. Data and keys stay in the state directory. */
public final class Suite implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration MOMENT = Duration.ofMillis(300);

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

    /** Starts all of the plan and returns when they are ready. What failed is stopped again. */
    public void start() {
        long begin = System.nanoTime();
        try {
            plan.requirePackaged();
            plan.ports().requireFree();
            plan.state().create();
            startBacking(begin);
            plan.settings().roster().instances().forEach(this::start);
            awaitReady(services.stream().map(ServiceProcess::part).toList(), begin);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void startBacking(long begin) {
        Backing backing = new Backing(plan);
        backing.furnish(false);
        infrastructure.addAll(backing.parts());
        infrastructure.forEach(this::launch);
        DevelopmentPki pki = DevelopmentPki.in(plan.state().pki(), Clock.systemUTC());
        playground = new Playground(pki, plan.ports(), plan.settings());
        awaitReady(infrastructure, begin);
        backing.furnish(true);
    }

    private void start(Instance instance) {
        start(instance, plan.ports().of(instance), plan.ports().managementOf(instance));
    }

    /** Starts one more instance of a service, on ports of its own; it is not ready yet. */
    public ServiceProcess startReplica(Service service) {
        long there =
                services.stream()
                        .filter(one -> one.instance().name().equals(service.shortName()))
                        .count();
        Instance next = new Instance(service.shortName(), service, (int) there + 1);
        return start(next, Loopback.freePort(), Loopback.freePort());
    }

    private ServiceProcess start(Instance instance, int port, int managementPort) {
        Map<String, String> settings = playground.of(instance, port, managementPort);
        ServiceProcess process = ServiceProcess.of(instance, plan, settings);
        launch(process.part());
        services.add(process);
        return process;
    }

    /** Not after the close, which may come from another thread while this one still starts. */
    private synchronized void launch(Part part) {
        if (closed) {
            throw new IllegalStateException("the suite is being stopped");
        }
        part.start();
    }

    /** Tells of each when it is ready, and of the first that ends instead, whichever it is. */
    private void awaitReady(List<Part> parts, long begin) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Part part : parts) {
            while (!part.ready()) {
                Casualty.among(parts()).ifPresent(Suite::fail);
                if (System.nanoTime() > end) {
                    throw part.late(PATIENCE);
                }
                Pause.of(STEP);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            progress.accept("%-15s ready after %4.1f s".formatted(part.name(), seconds));
        }
    }

    private static void fail(JavaProcess ended) {
        String obituary = ended.obituary();
        throw new LocalFailure(
                obituary.contains(AotCache.REFUSED)
                        ? obituary
                                + "\nRemove the service's target/quarkus-app/app.aot, and --aot records it anew."
                        : obituary);
    }

    /** The first instance of a service. */
    public ServiceProcess service(Service service) {
        return instances(service).getFirst();
    }

    /** All that do the same, replicas and other parties alike. */
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

    /** All that run, in the order in which they were started. */
    public List<ServiceProcess> services() {
        return List.copyOf(services);
    }

    /** The one of this label, {@code ca-2} or {@code west}. */
    public ServiceProcess service(String label) {
        return services.stream()
                .filter(one -> one.instance().label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no " + label));
    }

    /** Keys and certificates of this suite. */
    public DevelopmentPki pki() {
        return playground.pki();
    }

    /** {@code host:port} of Kafka. */
    public String bootstrapServers() {
        return plan.broker().bootstrapServers();
    }

    /** The JDBC URL of a service's database, user included. */
    public String jdbcUrl(Service service) {
        return jdbcUrl(Instance.of(service));
    }

    /** The JDBC URL of a party's database, user included. */
    public String jdbcUrl(Instance instance) {
        return plan.database().jdbcUrlOfUser(instance.database());
    }

    /** All processes, those of the infrastructure first. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(infrastructure);
        services.forEach(instance -> parts.add(instance.part()));
        return parts;
    }

    /**
     * Waits until a process ends by itself; empty when it ended because of {@link #close}. One end
     * may bring others with it, so a moment is left to see whose it was.
     */
    public Optional<JavaProcess> awaitAnyEnd() {
        parts().stream()
                .map(part -> part.process().onExit())
                .reduce((one, other) -> one.applyToEither(other, ended -> ended))
                .orElseThrow()
                .join();
        Pause.of(MOMENT);
        synchronized (this) {
            return closed ? Optional.empty() : Casualty.among(parts());
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
        plan.state().stopDatabase();
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
