package dev.posthouse.client.parcel.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.PohttpVectors;
import dev.posthouse.client.testing.RelayTest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class InspectCommandTest extends RelayTest {

    @Test
    void showsAParcel() throws IOException {
        Files.write(file("one"), PohttpVectors.parcel("valid"));

        CommandRun run = run("parcel", "inspect", file("one").toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "id         d8df2ee9-a3c4-4973-887c-42b5e4e5506d",
                        "sender     " + PohttpVectors.sender().id(),
                        "recipient  " + PohttpVectors.recipient().id(),
                        "at         gateway.example.net",
                        "expires    2027-05-21T05:05:10Z",
                        "payload    406 octets");
    }

    @Test
    void takesOutWhatItCarries() throws IOException {
        Files.write(file("one"), PohttpVectors.parcel("valid"));
        String payload = "--out-payload=" + file("payload");

        CommandRun run = run("parcel", "inspect", file("one").toString(), payload, "--json");

        assertThat(run.out()).contains("\"payload_octets\" : 406");
        assertThat(Files.size(file("payload"))).isEqualTo(406);
        assertThat(mode(file("payload"))).isEqualTo("rw-------");
        assertThat(run("parcel", "inspect", file("one").toString(), payload).exitCode())
                .isEqualTo(6);
    }

    @Test
    void believesNoSignatureThatIsNotTheSenders() throws IOException {
        Files.write(file("one"), PohttpVectors.parcel("tampered-recipient"));

        CommandRun run = run("parcel", "inspect", file("one").toString());

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("is no parcel: ");
    }
}
