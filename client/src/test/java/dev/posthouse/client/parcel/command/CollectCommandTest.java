package dev.posthouse.client.parcel.command;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.NodeKeys;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.parcel.ParcelBuilder;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeQueue.Ending;
import dev.posthouse.client.testing.FakeRelay.Fault;
import dev.posthouse.client.testing.RelayTest;
import dev.posthouse.common.node.NodeRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectCommandTest extends RelayTest {

    private NodeIdentity alice;

    @BeforeEach
    void makeAliceAndBob() {
        authorise();
        alice = NodeFiles.read(file("alice.key"), file("alice-to-bob.crt"));
    }

    @Test
    void collectsWhatWaits() throws IOException {
        List<byte[]> parcels = fill(12);

        CommandRun run = collect();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(kept()).isEqualTo(hex(parcels));
        assertThat(relay.queue().waiting()).isZero();
        assertThat(relay.queue().acknowledged()).hasSize(12);
        assertThat(run.out()).contains("id 0  from " + alice.id(), "id 11 ", "12 parcels");
        assertThat(mode(files().getFirst())).isEqualTo("rw-------");
    }

    @Test
    void reportsAsJson() {
        fill(1);
        relay.queue().add(new byte[] {1, 2, 3});

        CommandRun run = collect("--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "\"parcels\" : [ {",
                        "\"id\" : \"0\"",
                        "\"file\" : \"" + file("in"),
                        "\"problem\" : \"no parcel in today's format\"");
        assertThat(kept()).hasSize(2);
    }

    @Test
    void nothingIsNoFailure() {
        CommandRun run = collect();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("no parcels\n");
    }

    @Test
    void collectsTheLargestParcel() {
        byte[] parcel = new ParcelBuilder(alice, time.instant()).fillTo(8_322_037).build();
        relay.queue().add(parcel);

        assertThat(collect("--quiet").exitCode()).isZero();
        assertThat(kept()).isEqualTo(hex(List.of(parcel)));
    }

    @Test
    void takesNoMoreThanItIsTold() {
        fill(9);

        CommandRun run = collect("--max=4", "--follow");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(relay.queue().acknowledged()).hasSize(4);
        assertThat(relay.queue().waiting()).isEqualTo(5);
        assertThat(collect("--max=0").exitCode()).isEqualTo(2);
    }

    @Test
    void followsWhatComesLater() throws InterruptedException {
        fill(1);
        Thread later = Thread.startVirtualThread(this::fillWhenEmpty);

        CommandRun run = collect("--follow", "--max=3", "--json");

        later.join();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"id\" : \"0\"").doesNotContain("parcels");
        assertThat(relay.queue().acknowledged()).hasSize(3);
    }

    private void fillWhenEmpty() {
        while (relay.queue().waiting() > 0) {
            Thread.onSpinWait();
        }
        fill(2);
    }

    @Test
    void aLineThatBreaksIsOpenedAnewAndNothingIsLost() {
        List<byte[]> parcels = fill(20);
        relay.queue().endings(new Ending(3, 0), new Ending(6, 4000), new Ending(2, 1011));

        CommandRun run = collect();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(kept()).isEqualTo(hex(parcels));
        assertThat(relay.queue().waiting()).isZero();
    }

    @Test
    void aGatewayThatClosesAtOnceIsAskedAgainWithPatience() {
        fill(1);
        relay.queue().endings(new Ending(0, 4000), new Ending(0, 1011));
        relay.next(Fault.status(503).with("Retry-After", "7"));

        CommandRun run = collect();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(time.pauses()).hasSize(3).contains(Duration.ofSeconds(7));
        assertThat(time.reasons()).contains("the gateway closed (4000)");
    }

    @Test
    void aParcelThatCannotBeKeptIsNotAcknowledged() throws IOException {
        fill(1);
        Files.writeString(file("in"), "a file in the way");

        assertThat(collect().exitCode()).isEqualTo(6);
        Files.delete(file("in"));
        byte[] parcel = new ParcelBuilder(alice, time.instant()).build();
        relay.queue().add(parcel);
        Files.createDirectories(file("in").resolve(sha256(parcel) + ".parcel"));

        CommandRun run = collect();

        assertThat(run.exitCode()).isEqualTo(6);
        // The other's acknowledgement may still be on its way.
        await("the other is acknowledged", () -> relay.queue().waiting() < 2);
        assertThat(relay.queue().waiting()).isEqualTo(1);
    }

    @Test
    void aRevokedGatewayIsRefused() {
        relay.registry().revoke(NodeFiles.certificates(file("gw.crt")).getFirst().id());

        CommandRun run = collect();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("refused (1003 websocket.1003): the gateway does not take this");
    }

    @Test
    void anotherGatewaysCertificateIsRefused() throws IOException {
        KeyPair pair = NodeKeys.create();
        NodeIdentity stranger =
                NodeIdentity.selfIssued(
                        pair,
                        NodeRole.PRIVATE_GATEWAY,
                        Validity.from(time.instant(), Duration.ofDays(1)));
        Files.delete(file("gw.key"));
        try (var key = NodeFiles.stage(file("gw.key"), pair.getPrivate());
                var certificate = NodeFiles.stage(file("gw.crt"), stranger.chain())) {
            key.commit();
            certificate.commit();
        }

        assertThat(collect().exitCode()).isEqualTo(1);
    }

    private List<byte[]> fill(int number) {
        List<byte[]> parcels = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            byte[] parcel =
                    new ParcelBuilder(alice, time.instant()).id(Integer.toString(i)).build();
            parcels.add(parcel);
            relay.queue().add(parcel);
        }
        return parcels;
    }

    private CommandRun collect(String... more) {
        List<String> words = new ArrayList<>(gateway());
        words.add("--out=" + file("in"));
        words.addAll(List.of(more));
        return call("parcel", "collect", words.toArray(String[]::new));
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(file("in"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> kept() {
        return files().stream()
                .map(file -> {
                    try {
                        String hash = sha256(Files.readAllBytes(file));
                        assertThat(file).hasFileName(hash + ".parcel");
                        return hash;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.toSet());
    }

    private static Set<String> hex(List<byte[]> parcels) {
        return parcels.stream().map(CollectCommandTest::sha256).collect(Collectors.toSet());
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
