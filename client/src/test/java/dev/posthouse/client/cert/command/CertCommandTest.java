package dev.posthouse.client.cert.command;

import dev.posthouse.client.PosthouseTesting;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeTime;
import dev.posthouse.client.testing.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A device with its files, at a site with its services. */
abstract class CertCommandTest {

    @TempDir Path directory;

    TestSite site;
    FakeTime time;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(directory.resolve("out"));
        site = new TestSite(directory);
        time = new FakeTime(TestSite.CLOCK.instant());
    }

    @AfterEach
    void close() {
        site.close();
    }

    Path key() {
        return directory.resolve("out/device.key");
    }

    Path cert() {
        return directory.resolve("out/device.crt");
    }

    Path session() {
        return directory.resolve("out/device.crt.session");
    }

    CommandRun request(Object... more) {
        return ask("request", more);
    }

    CommandRun renew(Object... more) {
        return ask("renew", more);
    }

    private CommandRun ask(String command, Object... more) {
        List<Object> arguments =
                new ArrayList<>(
                        List.of(
                                command,
                                "--proxy",
                                site.proxy.url(),
                                "--trust-anchor",
                                site.trustAnchor(),
                                "--device-root",
                                site.deviceRoot(),
                                "--out-key",
                                key(),
                                "--out-cert",
                                cert()));
        // A later value of an option counts.
        arguments.addAll(Arrays.asList(more));
        return run(arguments.toArray());
    }

    CommandRun run(Object... arguments) {
        return CommandRun.of(
                PosthouseTesting.commandLine(new Time(time, (quiet, err) -> time))
                        .setOverwrittenOptionsAllowed(true),
                Stream.concat(Stream.of("cert"), Stream.of(arguments)).toArray());
    }

    /** The names of the device's files. */
    List<String> files() {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
