package dev.posthouse.bench.watch;

import dev.posthouse.bench.rig.Bed;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.local.suite.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at processes while load is on: services, driver, PostgreSQL and Kafka. */
public final class Watch implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(500);

    private final Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    private final Map<String, Long> pss = new ConcurrentHashMap<>();
    private final Map<String, Duration> before = new LinkedHashMap<>();
    private final List<Instance> instances;
    private final String jdbcUrl;
    private final Map<String, Written> writtenBefore;
    private final Clock clock;
    private final Instant start;
    private final Thread thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::look);

    private Watch(List<Instance> instances, Bed bed, Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
        this.instances = instances;
        this.jdbcUrl = bed.jdbcUrl(Service.CA);
        this.writtenBefore = Written.by(jdbcUrl);
        for (Instance instance : instances) {
            add(instance.name(), instance.process().pid());
        }
        add("kafka", bed.kafkaPid());
        postmaster(bed).ifPresent(process -> processes.put("postgres", process));
        processes.put("driver", ProcessHandle.current());
    }

    /** Begins. */
    public static Watch on(Bed bed, List<Instance> instances, Clock clock) {
        Watch watch = new Watch(instances, bed, clock);
        watch.processes.forEach((name, process) -> watch.before.put(name, own(name, process)));
        watch.thread.start();
        return watch;
    }

    private void add(String name, long pid) {
        ProcessHandle.of(pid).ifPresent(process -> processes.put(name, process));
    }

    private static Optional<ProcessHandle> postmaster(Bed bed) {
        String data = bed.postgresData().toString();
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().commandLine().map(line -> line.contains(data)).orElse(false))
                .filter(process ->
                        process.info().command().map(c -> c.endsWith("postgres")).orElse(false))
                .findFirst();
    }

    /** The driver has started the others, so its descendants are not counted as its own. */
    private static Duration own(String name, ProcessHandle process) {
        return name.equals("driver")
                ? process.info().totalCpuDuration().orElse(Duration.ZERO)
                : ProcFs.processorTime(process);
    }

    private void look() {
        try {
            while (true) {
                for (Instance instance : instances) {
                    pss.merge(instance.name(), ProcFs.pss(instance.process().pid()), Math::max);
                }
                Thread.sleep(GLANCE);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was seen since the begin, during which so many items were begun. */
    public Observed observed(long items) {
        Window window = new Window(start, clock.instant());
        double seconds = window.length().toNanos() / 1e9;
        List<Cost> costs =
                processes.entrySet().stream()
                        .map(process -> cost(process.getKey(), process.getValue(), seconds))
                        .toList();
        return new Observed(window, items, costs, written());
    }

    private Cost cost(String name, ProcessHandle process, double seconds) {
        Duration spent = own(name, process).minus(before.get(name));
        return new Cost(name, spent.toNanos() / 1e9 / seconds, pss.getOrDefault(name, 0L));
    }

    private Map<String, Written> written() {
        Map<String, Written> since = new TreeMap<>();
        Written.by(jdbcUrl)
                .forEach((database, now) -> {
                    Written done = now.since(writtenBefore.get(database));
                    if (done.any()) {
                        since.put(database, done);
                    }
                });
        return since;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
