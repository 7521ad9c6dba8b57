package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a JVM has loaded, linked and learned while it ran a service, in a file beside the
 * application: a start that has it takes a third of the processor time. It serves the build, the
 * JVM and the flags of which it was recorded, which are noted in a file beside it: the JVM itself
 * does not see that a jar has changed, and would run what it recorded.
 *
 * @param application the service's packaged application
 * @param flags what the JVM is told otherwise
 */
record AotCache(Path application, List<String> flags) {

    /** What a JVM says last that was told to use its cache and cannot. */
    static final String REFUSED = "Unable to use AOT cache";

    /** In the note on one that was recorded in a brief run: good to start with, not to measure. */
    private static final String BRIEFLY = "briefly\n";

    Path file() {
        return application.resolveSibling("app.aot");
    }

    /** What it was recorded of. */
    private Path note() {
        return application.resolveSibling("app.aot.of");
    }

    /** The file while it is written: nobody shall start with half of it. */
    private Path unfinished() {
        return application.resolveSibling("app.aot.new");
    }

    /** Whether it is of this build, this JVM and these flags, and of a whole training. */
    boolean fresh() {
        return noted("");
    }

    /** Whether a start may use it: one of a brief training does as well. */
    boolean usable() {
        return fresh() || noted(BRIEFLY);
    }

    private boolean noted(String remark) {
        try {
            return Files.exists(file())
                    && Files.exists(note())
                    && Files.readString(note()).equals(subject() + remark);
        } catch (IOException e) {
            throw new LocalFailure("cannot look at " + note(), e);
        }
    }

    /** The JVM, its flags, and each jar's name, size and time. */
    private String subject() throws IOException {
        try (Stream<Path> files = Files.walk(application.getParent())) {
            Stream<String> jars =
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .map(AotCache::line);
            return Stream.concat(
                            Stream.of(Runtime.version().toString(), String.join(" ", flags)), jars)
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    private static String line(Path jar) {
        try {
            return "%s %d %s".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a JVM is told so that it uses the cache, if it is usable. One that cannot starts
     * without: that is what auto means.
     */
    List<String> use() {
        return usable() ? use("auto") : List.of();
    }

    /** Without its remarks on the cache, which it would make in the midst of a log that is JSON. */
    private List<String> use(String mode) {
        return List.of("-XX:AOTCache=" + file(), "-XX:AOTMode=" + mode, "-Xlog:aot*=off");
    }

    /** What a JVM is told so that it uses the cache, or says that it cannot and ends. */
    List<String> insist() {
        if (!fresh()) {
            throw new LocalFailure(
                    file() + " is missing or stale; ./posthouse up --aot records it");
        }
        return use("on");
    }

    /** What a JVM is told so that it records, and writes the file when it ends. */
    List<String> record() {
        Loopback.delete(unfinished());
        return List.of("-XX:AOTCacheOutput=" + unfinished());
    }

    /** Puts what was recorded in its place; says in the note whether that was done briefly. */
    void keep(boolean briefly) {
        try {
            Files.deleteIfExists(note());
            Files.move(unfinished(), file(), StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(note(), subject() + (briefly ? BRIEFLY : ""));
        } catch (IOException e) {
            throw new LocalFailure("the JVM has written no " + unfinished(), e);
        }
    }
}
