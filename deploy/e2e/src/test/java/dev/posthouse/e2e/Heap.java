package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much the services keep on their heaps, as their own {@code jcmd}s tell it, so that a test can
 * see whether something piles up.
 */
final class Heap {

    private static final long GROWTH = 16L << 20;

    private static final Pattern USED =
            Pattern.compile("(?:DefNew|Tenured) +total \\d+K, used (\\d+)K");

    private final Running suite;
    private final Map<Service, Long> before;

    private Heap(Running suite, List<Service> services) {
        this.suite = suite;
        this.before = used(suite, services);
    }

    /** Looks at all now, to compare with later. */
    static Heap of(Running suite) {
        return new Heap(suite, List.of(Service.values()));
    }

    /** Looks at one now. */
    static Heap of(Running suite, Service service) {
        return new Heap(suite, List.of(service));
    }

    /** That no service keeps much more than before; one that was restarted meanwhile included. */
    void assertFlat() {
        assertGrownLess(GROWTH);
    }

    /** That no service keeps so many octets more than before. */
    void assertGrownLess(long octets) {
        used(suite, before.keySet())
                .forEach((service, used) ->
                        assertThat(used - before.get(service))
                                .as("octets that the heap of %s has grown by", service)
                                .isLessThan(octets));
    }

    private static Map<Service, Long> used(Running suite, Collection<Service> services) {
        Map<Service, Long> heaps = new EnumMap<>(Service.class);
        for (Service service : services) {
            ServiceProcess process = suite.processes().service(service);
            heaps.put(service, used(process.part().process().pid()));
        }
        return heaps;
    }

    /** Octets that are still used after a collection. */
    private static long used(long pid) {
        jcmd(pid, "GC.run");
        Matcher generations = USED.matcher(jcmd(pid, "GC.heap_info"));
        long kilobytes = 0;
        while (generations.find()) {
            kilobytes += Long.parseLong(generations.group(1));
        }
        assertThat(kilobytes).isPositive();
        return kilobytes << 10;
    }

    private static String jcmd(long pid, String command) {
        ProcessBuilder jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                command)
                        .redirectErrorStream(true);
        try {
            return new String(jcmd.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unstarted) {
            throw new UncheckedIOException(unstarted);
        }
    }
}
