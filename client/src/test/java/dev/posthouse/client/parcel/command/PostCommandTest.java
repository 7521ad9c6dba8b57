package dev.posthouse.client.parcel.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.parcel.ReceivedParcel;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeRelay.Fault;
import dev.posthouse.client.testing.RelayTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostCommandTest extends RelayTest {

    @BeforeEach
    void makeAliceAndBob() {
        authorise();
    }

    @Test
    void postsAParcel() {
        CommandRun run = post("");

        assertThat(run.exitCode()).as(run.err()).isZero();
        var call = relay.calls().getLast();
        assertThat(call.path()).isEqualTo("/");
        assertThat(call.headers())
                .containsEntry("Content-Type", "application/vnd.awala.parcel")
                .containsEntry("Accept", "application/json")
                .doesNotContainKeys("Authorization", "Cookie");
        assertThat(ReceivedParcel.read(call.body()).content().id()).isEqualTo("mine");
        assertThat(run.out()).contains("accepted  id mine");
    }

    @Test
    void goesWhereItIsSentThreeTimesInARow() {
        relay.next(
                Fault.status(307).with("Location", "/a"),
                Fault.status(308).with("Location", relay.url() + "/b"),
                Fault.status(307).with("Location", "elsewhere"));

        assertThat(post("/").exitCode()).isZero();
        assertThat(relay.calls().getLast().path()).isEqualTo("/elsewhere");
        assertThat(relay.bodies("/elsewhere").getFirst()).isEqualTo(relay.bodies("/a").getFirst());
    }

    @Test
    void aFourthTimeAndAPlaceThatCannotBeCalledAreTemporary() {
        Fault again = Fault.status(307).with("Location", "/a");
        relay.next(again, again, again, again);
        relay.next(Fault.status(307).with("Location", "http://b.example/"), Fault.status(308));
        relay.next(Fault.status(308).with("Location", "http://localhost:1/"));

        CommandRun run = post("/");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(time.reasons())
                .satisfiesExactly(
                        often -> assertThat(often).contains("too often"),
                        plain -> assertThat(plain).contains("cannot be called"),
                        nowhere -> assertThat(nowhere).contains("cannot be called"),
                        here -> assertThat(here).contains("cannot be called"));
    }

    @Test
    void aRefusalIsFinal() {
        relay.next(Fault.status(403));

        CommandRun run = post("/");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("refused (403 http.403): as ? told");
    }

    @Test
    void anotherRedirectIsNotFollowed() {
        relay.next(Fault.status(302).with("Location", "/a"));

        assertThat(post("/").exitCode()).isEqualTo(1);
        assertThat(relay.bodies("/a")).isEmpty();
    }

    private CommandRun post(String path) {
        return run(
                new ArrayList<>(
                                List.of(
                                        "parcel",
                                        "post",
                                        "--to=" + relay.url() + path,
                                        "--trust-anchor=" + file("anchor.pem"),
                                        "--sender-key=" + file("alice.key"),
                                        "--authorisation=" + file("alice-to-bob.crt"),
                                        "--payload=hello",
                                        "--id=mine"))
                        .toArray(String[]::new));
    }
}
