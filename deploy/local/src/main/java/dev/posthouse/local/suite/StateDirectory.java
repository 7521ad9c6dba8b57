package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.process.OwnProcesses;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Where a suite keeps all it has.
 *
 * <pre>
 *   pki/         development keys and certificates
 *   postgres/    data       kafka/   data       programs/  the unpacked PostgreSQL
 *   logs/        one file per process
 *   run/         what each process was started with; run.json
 *   lock         held by the launcher that runs
 * </pre>
 *
 * @param path absolute
 */
public record StateDirectory(Path path) {

    private static final List<String> PARTS =
            List.of("pki", "postgres", "kafka", "programs", "logs", "run");

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String LOG = ".log";

    /** The process of PostgreSQL and Kafka. */
    static final String INFRASTRUCTURE = "infrastructure";

    public StateDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /** Makes the directory, readable by its owner alone since it holds keys. */
    public void create() {
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(run());
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw new LocalFailure("cannot make the state directory " + path, e);
        }
    }

    /** Development keys and certificates. */
    public Path pki() {
        return path.resolve("pki");
    }

    /** One file per process. */
    public Path logs() {
        return path.resolve("logs");
    }

    /** What concerns the processes that run now. */
    public Path run() {
        return path.resolve("run");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path programs() {
        return path.resolve("programs");
    }

    /** PostgreSQL's own log. */
    public Path postgresLog() {
        return postgres().resolve("server.log");
    }

    /**
     * Every log there is, by the name of whose it is. Kafka's is its host's, unless it has a
     * process of its own.
     */
    public Map<String, Path> logFiles() {
        Map<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(logs())) {
            try (var found = Files.newDirectoryStream(logs(), "*" + LOG)) {
                found.forEach(file -> {
                    String name = file.getFileName().toString();
                    files.put(name.substring(0, name.length() - LOG.length()), file);
                });
            } catch (IOException e) {
                throw new LocalFailure("cannot look into " + logs(), e);
            }
        }
        Optional.ofNullable(files.get(INFRASTRUCTURE))
                .ifPresent(host -> files.putIfAbsent("kafka", host));
        if (Files.exists(postgresLog())) {
            files.put("postgres", postgresLog());
        }
        return files;
    }

    /** What is left of the file system, in octets. */
    public long space() {
        Path there = path;
        while (Files.notExists(there)) {
            there = there.getParent();
        }
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            throw new LocalFailure("cannot look at the file system of " + path, e);
        }
    }

    /** Says so if less than this is left, in octets. */
    public Optional<String> shortage(long least) {
        long space = space();
        return space >= least
                ? Optional.empty()
                : Optional.of(
                        "no space left on the file system of %s: %d MB are free"
                                .formatted(path, space / 1_000_000));
    }

    /** The processes that were started for this directory, by whichever launcher. */
    public OwnProcesses processes() {
        return new OwnProcesses(OwnProcesses.startedFrom(run()).or(this::isDatabase));
    }

    /** What runs of it, by name. */
    public List<String> running() {
        return processes().running().stream()
                .flatMap(process -> process.info().arguments().stream().flatMap(Arrays::stream))
                .flatMap(argument -> name(argument).stream())
                .sorted()
                .toList();
    }

    private Optional<String> name(String argument) {
        if (isDatabase(argument)) {
            return Optional.of("postgres");
        }
        return OwnProcesses.startedFrom(run()).test(argument)
                ? Optional.of(
                        Path.of(argument).getFileName().toString().replaceFirst("[.]args$", ""))
                : Optional.empty();
    }

    /** Stops PostgreSQL if it has outlived its host. */
    void stopDatabase() {
        OwnProcesses database = new OwnProcesses(this::isDatabase);
        if (!database.running().isEmpty()) {
            database.stop(PATIENCE);
        }
    }

    /** Stops them all, what is depended upon last. */
    public void stopProcesses() {
        Predicate<String> infrastructure =
                argument -> isDatabase(argument) || argument.endsWith(INFRASTRUCTURE + ".args");
        new OwnProcesses(OwnProcesses.startedFrom(run()).and(infrastructure.negate()))
                .stop(PATIENCE);
        processes().stop(PATIENCE);
    }

    /** PostgreSQL's own process, which is named by its data and outlives a killed host JVM. */
    private boolean isDatabase(String argument) {
        return argument.equals(postgres().resolve("data").toString());
    }

    /** Forgets everything. Only what is ours goes, whatever else the directory may hold. */
    public void clear() {
        PARTS.forEach(part -> Loopback.delete(path.resolve(part)));
    }
}
