package dev.posthouse.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.PosthouseTesting;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeKeys;
import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An Internet gateway, and the command line in a directory of its own. */
@Timeout(60)
public abstract class RelayTest {

    /** Made once: keys take long. */
    private static final Map<String, KeyPair> KEYS =
            Map.of(
                    "gw", NodeKeys.create(),
                    "alice", NodeKeys.create(),
                    "bob", NodeKeys.create());

    protected final FakeTime time = new FakeTime(TestSite.CLOCK.instant());
    protected final FakeRelay relay = new FakeRelay(time);

    @TempDir protected Path directory;

    @BeforeEach
    void writeTrustAnchor() throws IOException {
        Files.writeString(file("anchor.pem"), Pem.encode(TestSite.SERVICES.chain()));
    }

    @AfterEach
    void closeRelay() {
        relay.close();
    }

    protected Path file(String name) {
        return directory.resolve(name);
    }

    protected CommandRun run(String... words) {
        return CommandRun.of(
                PosthouseTesting.commandLine(new Time(time, (quiet, err) -> time)),
                (Object[]) words);
    }

    /** A command that calls the relay. */
    protected CommandRun call(String group, String command, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                group,
                                command,
                                "--relay=" + relay.url(),
                                "--trust-anchor=" + file("anchor.pem")));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    protected CommandRun register(String... more) {
        List<String> words =
                new ArrayList<>(List.of("--key=" + file("gw.key"), "--cert=" + file("gw.crt")));
        words.addAll(List.of(more));
        return call("gateway", "register", words.toArray(String[]::new));
    }

    /** Makes an endpoint below the registered gateway. */
    protected CommandRun endpoint(String name, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "gateway",
                                "endpoint",
                                "--key=" + file(name + ".key"),
                                "--cert=" + file(name + ".crt")));
        words.addAll(List.of(more));
        if (!words.contains("--self-issued")) {
            words.addAll(gateway());
        }
        return run(words.toArray(String[]::new));
    }

    protected List<String> gateway() {
        return List.of("--gateway-key=" + file("gw.key"), "--gateway-cert=" + file("gw.crt"));
    }

    /** Bob lets Alice send to him; both are below the registered gateway. */
    protected void authorise() {
        keepKeys();
        assertThat(register("--quiet").err()).isEmpty();
        assertThat(endpoint("alice", "--quiet").err()).isEmpty();
        assertThat(endpoint("bob", "--quiet").err()).isEmpty();
        CommandRun run =
                run(
                        "parcel",
                        "authorise",
                        "--endpoint-key=" + file("bob.key"),
                        "--endpoint-cert=" + file("bob.crt"),
                        "--sender=" + file("alice.crt"),
                        "--out=" + file("alice-to-bob.crt"),
                        "--quiet");
        assertThat(run.err()).isEmpty();
    }

    /** Nodes that have their keys already. */
    protected void keepKeys() {
        KEYS.forEach(this::keep);
    }

    private void keep(String name, KeyPair pair) {
        try (StagedFile key = NodeFiles.stage(file(name + ".key"), pair.getPrivate())) {
            key.commit();
        }
    }

    protected static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
