package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.process.OwnProcesses;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
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

    /** The processes that were started for this directory, by whichever launcher. */
    public OwnProcesses processes() {
        return new OwnProcesses(OwnProcesses.startedFrom(run()).or(this::isDatabase));
    }

    /** Stops them all, what is depended upon last. */
    public void stopProcesses() {
        Predicate<String> infrastructure =
                argument -> isDatabase(argument) || argument.endsWith("infrastructure.args");
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
