package dev.posthouse.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Where and when a run was made.
 *
 * @param date of the run
 * @param processors how many
 * @param memory in GiB
 * @param system operating system and Java
 */
public record Machine(LocalDate date, int processors, long memory, String system) {

    private static final double KIB_PER_GIB = 1024.0 * 1024;

    /** This one, now. */
    public static Machine here(Clock clock) {
        return new Machine(
                LocalDate.now(clock),
                Runtime.getRuntime().availableProcessors(),
                memoryOfThis(),
                "%s %s, Java %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"),
                                Runtime.version()));
    }

    private static long memoryOfThis() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line ->
                            Math.round(Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_GIB))
                    .findFirst()
                    .orElse(0);
        } catch (IOException unknown) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s; %d processors, %d GiB; %s", date, processors, memory, system);
    }
}
