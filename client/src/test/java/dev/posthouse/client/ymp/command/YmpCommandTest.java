package dev.posthouse.client.ymp.command;

import dev.posthouse.client.PosthouseTesting;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.Identity;
import dev.posthouse.client.pki.PkiDirectory;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeTime;
import dev.posthouse.client.testing.FakeYmp;
import dev.posthouse.client.testing.TestSite;
import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A YMP host, an application and an operator. */
@Timeout(60)
abstract class YmpCommandTest {

    final FakeTime time = new FakeTime(TestSite.CLOCK.instant());
    final FakeYmp host = new FakeYmp();

    @TempDir Path directory;

    @BeforeEach
    void makeIdentities() throws IOException {
        Files.writeString(directory.resolve("anchor.pem"), Pem.encode(TestSite.SERVICES.chain()));
        identity(
                "application",
                Identity.ympApplication("posthouse.local", "shop"),
                TestSite.SERVICES);
        identity("operator", Identity.operator("posthouse.local", "ada"), TestSite.SERVICES);
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    void identity(String name, Identity identity, Authority ca) {
        new PkiDirectory(directory, true)
                .write(name, identity.create(ca, Duration.ofHours(1), TestSite.CLOCK));
    }

    CommandRun asApplication(String command, String... more) {
        return run("application", command, more);
    }

    CommandRun asOperator(String command, String... more) {
        return run("operator", command, more);
    }

    CommandRun run(String who, String command, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "ymp",
                                command,
                                "--ymp=" + host.url(),
                                "--trust-anchor=" + directory.resolve("anchor.pem"),
                                "--cert=" + directory.resolve(who + ".crt"),
                                "--key=" + directory.resolve(who + ".key")));
        words.addAll(List.of(more));
        return CommandRun.of(
                PosthouseTesting.commandLine(new Time(time, (quiet, err) -> time)),
                words.toArray());
    }
}
