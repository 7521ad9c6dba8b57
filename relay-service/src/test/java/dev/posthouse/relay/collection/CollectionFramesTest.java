package dev.posthouse.relay.collection;

import static dev.posthouse.testing.Await.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.collection.CollectingClient.Delivered;
import dev.posthouse.relay.collection.RawWebSocket.Frame;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 11.1: clients that do as no client does. */
@QuarkusTest
class CollectionFramesTest {

    private static final int MOST = 6 * 1024;
    private static final int LONG = 8_322_037;

    @Inject OwnIdentity identity;

    private CollectingGateway gateway;

    @BeforeEach
    void register() {
        gateway = CollectingGateway.registered(identity);
    }

    private static String metrics() {
        return RestAssured.get(RelayUnderTest.management() + "/metrics").asString();
    }

    private static RawWebSocket open() {
        return RawWebSocket.open(CollectionTest.plainPort());
    }

    private RawWebSocket collect() {
        RawWebSocket socket = open();
        byte[] challenge = socket.next(RawWebSocket.BINARY).octets();
        socket.send(RawWebSocket.BINARY, gateway.answer(challenge));
        return socket;
    }

    @Test
    void refusesMessagesThatAreTooLong() {
        try (RawWebSocket socket = open()) {
            socket.send(RawWebSocket.BINARY, new byte[MOST + 1]);

            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void refusesThemBeforeTheyAreWhole() {
        try (RawWebSocket socket = open()) {
            socket.send(RawWebSocket.TEXT, false, new byte[MOST]);
            socket.send(RawWebSocket.CONTINUATION, false, new byte[1]);

            assertThat(socket.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void readsTheLongestMessage() {
        try (RawWebSocket socket = open()) {
            socket.send(RawWebSocket.BINARY, new byte[MOST]);

            assertThat(socket.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void takesAnAnswerInFramesWithAPingBetween() {
        WaitingParcel waiting = WaitingParcel.add(gateway.id(), 10);
        try (RawWebSocket socket = open()) {
            byte[] answer = gateway.answer(socket.next(RawWebSocket.BINARY).octets());
            socket.send(RawWebSocket.BINARY, false, java.util.Arrays.copyOf(answer, 100));
            socket.send(RawWebSocket.PING, new byte[] {1, 2});
            socket.send(
                    RawWebSocket.CONTINUATION,
                    true,
                    java.util.Arrays.copyOfRange(answer, 100, answer.length));

            assertThat(socket.next(RawWebSocket.PONG).octets()).containsExactly(1, 2);
            assertThat(Delivered.read(socket.next(RawWebSocket.BINARY).octets()).id())
                    .isEqualTo(waiting.id());
        }
    }

    /** At the same time, since each takes its time. */
    @Test
    void endsThoseWhoKeepSilent() {
        WaitingParcel.add(gateway.id(), LONG);
        List<CompletableFuture<Void>> all =
                Stream.<Runnable>of(
                                this::pingsAndCutsOffWhoDoesNotAnswer,
                                this::cutsOffWhoDoesNotRead,
                                this::doesNotWaitForAnAnswerForEver)
                        .map(CompletableFuture::runAsync)
                        .toList();

        all.forEach(CompletableFuture::join);
        assertThat(metrics()).contains("collection_ended_total{code=\"silence\"}");
    }

    private void pingsAndCutsOffWhoDoesNotAnswer() {
        long begun = System.nanoTime();
        try (RawWebSocket socket = open()) {
            socket.next(RawWebSocket.PING);
            Duration first = Duration.ofNanos(System.nanoTime() - begun);
            socket.untilEnd();
            Duration whole = Duration.ofNanos(System.nanoTime() - begun);

            assertThat(first).isBetween(Duration.ofMillis(4_500), Duration.ofMillis(7_000));
            assertThat(whole).isBetween(Duration.ofMillis(8_500), Duration.ofMillis(12_000));
        }
    }

    private void cutsOffWhoDoesNotRead() {
        try (RawWebSocket socket = collect()) {
            assertThat(socket.untilCut()).isLessThan(Duration.ofSeconds(19));
        }
    }

    private void doesNotWaitForAnAnswerForEver() {
        try (RawWebSocket socket = open()) {
            assertThat(socket.closeCodeInTheEnd()).isEqualTo(1003);
        }
    }

    @Test
    void sendsALongParcelAsFastAsTheClientReads() {
        WaitingParcel waiting = WaitingParcel.add(gateway.id(), LONG);
        try (RawWebSocket socket = collect()) {
            byte[] message = socket.message();

            assertThat(Delivered.read(message).parcel()).isEqualTo(waiting.octets());
        }
    }

    @Test
    void breaksOffAParcelThatAnotherConnectionCollects() {
        WaitingParcel waiting = WaitingParcel.add(gateway.id(), LONG);
        try (RawWebSocket socket = collect()) {
            Frame first = socket.next(RawWebSocket.BINARY);
            TestDatabase.change(
                    "update parcel set octets = null where delivery_id = ?", waiting.id());

            assertThat(first.last()).isFalse();
            assertThat(socket.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    void refusesAnAcknowledgementOfAnythingElse() {
        WaitingParcel.add(gateway.id(), 10);
        try (RawWebSocket socket = collect()) {
            socket.next(RawWebSocket.BINARY);
            socket.send(RawWebSocket.TEXT, "1-1-1-1-1".getBytes(US_ASCII));

            assertThat(socket.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void keepsNothingOfThoseWhoHaveGone() {
        try (RawWebSocket socket = collect()) {
            socket.send(RawWebSocket.PING, new byte[0]);
            socket.next(RawWebSocket.PONG);
        }
        await(
                "it is forgotten",
                () -> metrics().contains("posthouse_relay_collection_connections 0.0"));
    }
}
