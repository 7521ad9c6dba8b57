package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM, as its own {@code jcmd} tells it. */
final class Heap {

    private static final Pattern USED =
            Pattern.compile("(?:DefNew|Tenured) +total \\d+K, used (\\d+)K");

    private Heap() {}

    /** Octets that are still used after a collection. */
    static long used(long pid) throws IOException {
        jcmd(pid, "GC.run");
        Matcher generations = USED.matcher(jcmd(pid, "GC.heap_info"));
        long kilobytes = 0;
        while (generations.find()) {
            kilobytes += Long.parseLong(generations.group(1));
        }
        assertThat(kilobytes).isPositive();
        return kilobytes << 10;
    }

    private static String jcmd(long pid, String command) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                command)
                        .redirectErrorStream(true)
                        .start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
