package dev.posthouse.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {

    @TempDir private Path directory;
    private Path path;
    private LogFile log;

    @BeforeEach
    void name() {
        path = directory.resolve("ca.log");
        log = new LogFile(path);
    }

    @Test
    void givesItsLastLines() throws IOException {
        String many =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "line " + i + "\n")
                        .collect(Collectors.joining());
        Files.writeString(path, many);

        assertThat(log.lastLines(2)).containsExactly("line 4998", "line 4999");
        assertThat(log.lastLines(4_000)).hasSize(4_000).startsWith("line 1000");
        assertThat(log.lastLines(9_000)).hasSize(5_000);
        assertThat(log.lastLines(0)).isEmpty();
        Files.writeString(path, "one\ntwo, not ended");
        assertThat(log.lastLines(1)).containsExactly("two, not ended");
    }

    @Test
    void isEmptyWhenItIsNotThere() throws IOException {
        assertThat(log.lastLines(3)).isEmpty();
        assertThat(log.linesFrom(7)).isEmpty();
    }

    @Test
    void isFollowedThroughCuttingReplacingAndRemoving() throws Exception {
        Files.writeString(path, "zero\n");
        AtomicBoolean on = new AtomicBoolean(true);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        CompletableFuture<Void> following = CompletableFuture.runAsync(() -> follow(seen, on));

        Files.writeString(path, "one\n", StandardOpenOption.APPEND);
        await(seen, "one\n");
        Files.writeString(path, "two\n");
        await(seen, "two\n");
        Path other =
                Files.writeString(directory.resolve("other"), "three, and longer than before\n");
        Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        await(seen, "three, and longer than before\n");
        Files.delete(path);
        Pause.of(Duration.ofMillis(500));
        Files.writeString(path, "four\n");
        await(seen, "four\n");

        on.set(false);
        following.get(5, TimeUnit.SECONDS);
        assertThat(seen.toString(StandardCharsets.UTF_8))
                .isEqualTo("one\ntwo\nthree, and longer than before\nfour\n");
    }

    private void follow(ByteArrayOutputStream seen, AtomicBoolean on) {
        try {
            log.follow(5, seen, on::get);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(ByteArrayOutputStream seen, String text) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!seen.toString(StandardCharsets.UTF_8).endsWith(text) && System.nanoTime() < end) {
            Pause.of(Duration.ofMillis(20));
        }
        assertThat(seen.toString(StandardCharsets.UTF_8)).endsWith(text);
    }
}
