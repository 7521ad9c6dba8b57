package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a JVM has loaded, linked and learned while it ran a service, in a file beside the
 * application: a start that has it takes a third of the processor time. It serves the build and the
 * JVM flags of which it was recorded.
 *
 * @param application the service's packaged application
 */
record AotCache(Path application) {

    Path file() {
        return application.resolveSibling("app.aot");
    }

    /** The file while it is written: nobody shall start with half of it. */
    private Path unfinished() {
        return application.resolveSibling("app.aot.new");
    }

    /** Whether it is of this build; the build writes the application anew each time. */
    boolean fresh() {
        try {
            return Files.exists(file())
                    && Files.getLastModifiedTime(file())
                                    .compareTo(Files.getLastModifiedTime(application))
                            > 0;
        } catch (IOException e) {
            throw new LocalFailure("cannot look at " + file(), e);
        }
    }

    /**
     * What a JVM is told so that it uses the cache. One that cannot, since it is another version
     * say, starts without: that is what auto means. It says nothing of it, as it would say it in
     * the midst of a log that is JSON.
     */
    List<String> use() {
        return fresh()
                ? List.of("-XX:AOTCache=" + file(), "-XX:AOTMode=auto", "-Xlog:aot*=off")
                : List.of();
    }

    /** What a JVM is told so that it records, and writes the file when it ends. */
    List<String> record() {
        Loopback.delete(unfinished());
        return List.of("-XX:AOTCacheOutput=" + unfinished());
    }

    /** Puts what was recorded in its place. */
    void keep() {
        try {
            Files.move(unfinished(), file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LocalFailure("the JVM has written no " + unfinished(), e);
        }
    }
}
