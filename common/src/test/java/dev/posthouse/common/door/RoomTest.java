package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.EitherVersion;
import dev.posthouse.testing.EitherVersion.Reply;
import dev.posthouse.testing.RawHttp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PoHTTP, section 8: bodies wait for room, but not for long. */
final class RoomTest {

    /** For one step of one body. */
    private static final int ROOM = OctetsInFlight.STEP;

    private static final byte[] LARGE = new byte[ROOM * 3 / 4];
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OctetsInFlight room = new OctetsInFlight(ROOM);
    private DoorsUnderTest service;

    @BeforeEach
    void open() {
        service =
                new DoorsUnderTest(
                        List.of(
                                Door.post(
                                                "/in",
                                                Door.Body.octets(ROOM).within(room),
                                                Set.of(),
                                                List.of())
                                        .leadingTo("/inner")
                                        .with(Door.Manner.MESSAGE)),
                        Duration.ofSeconds(4));
    }

    @AfterEach
    void close() {
        service.close();
    }

    private void awaitTaken(long octets) {
        await(room, octets);
    }

    private static void await(OctetsInFlight taken, long octets) {
        for (int i = 0; i < 200 && taken.taken() != octets; i++) {
            LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
        }
        assertThat(taken.taken()).isEqualTo(octets);
    }

    private static HttpClientRequest begin(EitherVersion client, Map<String, String> headers) {
        return client.begin("POST", "/in", "localhost", headers);
    }

    private HttpClientRequest announced(EitherVersion client) {
        HttpClientRequest begun =
                begin(client, Map.of("content-length", Integer.toString(LARGE.length)));
        begun.write(Buffer.buffer(new byte[1]));
        awaitTaken(LARGE.length);
        return begun;
    }

    /** On connections of their own: what waits on HTTP/2 takes part of its connection's window. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void waitsForRoomAndGoesOn(HttpVersion version) {
        try (EitherVersion client = new EitherVersion(version, service.url());
                EitherVersion other = new EitherVersion(version, service.url())) {
            HttpClientRequest first = announced(client);
            HttpClientRequest second = begin(other, Map.of());
            second.send(Buffer.buffer(LARGE));
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());

            first.end(Buffer.buffer(new byte[LARGE.length - 1]));

            assertThat(client.answer(first).status()).isEqualTo(200);
            assertThat(other.answer(second).body().getBytes()).isEqualTo(LARGE);
            awaitTaken(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void refusesWhatFindsNoneInTime(HttpVersion version) {
        try (EitherVersion client = new EitherVersion(version, service.url())) {
            HttpClientRequest first = announced(client);
            long start = System.nanoTime();

            Reply refused = client.call("POST", "/in", Map.of(), LARGE);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
            assertThat(service.refused().getLast().code()).isEqualTo("busy");
            first.end(Buffer.buffer(new byte[LARGE.length - 1]));
            assertThat(client.answer(first).status()).isEqualTo(200);
            awaitTaken(0);
            assertThat(client.call("POST", "/in", Map.of(), LARGE).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesAStepForChunks(HttpVersion version) {
        try (EitherVersion client = new EitherVersion(version, service.url())) {
            HttpClientRequest chunked = begin(client, Map.of()).setChunked(true);
            chunked.write(Buffer.buffer(new byte[1000]));
            awaitTaken(OctetsInFlight.STEP);

            chunked.end("x");

            assertThat(client.answer(chunked).body().length()).isEqualTo(1001);
            awaitTaken(0);
        }
    }

    /**
     * It waits for its first step, and what was left of its patience is too little for the next.
     */
    @Test
    void waitsNoLongerForAllItsStepsThanForOne() {
        OctetsInFlight four = new OctetsInFlight(4L * ROOM);
        Door door = Door.post("/in", Door.Body.octets(ROOM * 9).within(four), Set.of(), List.of());
        OctetsInFlight.Share ends = four.shareOf("");
        OctetsInFlight.Share stays = four.shareOf("");
        stays.growTo(3L * ROOM, () -> {});
        ends.growTo(ROOM, () -> {});
        ends.growTo(2L * ROOM, () -> {});
        try (DoorsUnderTest other = new DoorsUnderTest(List.of(door), Duration.ofSeconds(9));
                RawHttp sender = RawHttp.connect(other.url())) {
            sender.send("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 196608\r\n\r\nx");
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            ends.giveBack();
            await(four, 4L * ROOM);
            stays.growTo(5L * ROOM, () -> {});
            long start = System.nanoTime();

            sender.send("x".repeat(ROOM * 2));

            assertThat(sender.receive().status()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofMillis(1_900));
        }
    }

    @Test
    void takesAStepAheadOfWhatHasCome() {
        OctetsInFlight large = new OctetsInFlight(10L * LARGE.length);
        Door door = Door.post("/in", Door.Body.octets(ROOM * 9).within(large), Set.of(), List.of());
        try (DoorsUnderTest other = new DoorsUnderTest(List.of(door));
                RawHttp sender = RawHttp.connect(other.url())) {
            sender.send("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\nx");
            await(large, ROOM);

            sender.send("x".repeat(ROOM));
            await(large, 2L * ROOM);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void letsGoOfABodyThatStallsWhileOthersWait(HttpVersion version) {
        try (EitherVersion client = new EitherVersion(version, service.url());
                EitherVersion other = new EitherVersion(version, service.url())) {
            HttpClientRequest stalled = announced(client);
            LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());

            Reply reply = other.call("POST", "/in", Map.of(), LARGE);

            assertThat(reply.status()).isEqualTo(200);
            // It is not to give up what it sends: its connection may wait for others of its own.
            assertThat(client.answer(stalled).status()).isEqualTo(503);
            assertThat(service.refused().getLast().code()).isEqualTo("busy");
            awaitTaken(0);
        }
    }

    /** We held it up, so that is our trouble (section 8). */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void saysToComeAgainWhereABodyThatHadToWaitIsLate(HttpVersion version) {
        try (EitherVersion client = new EitherVersion(version, service.url());
                EitherVersion other = new EitherVersion(version, service.url())) {
            HttpClientRequest first = announced(client);
            HttpClientRequest second =
                    begin(other, Map.of("content-length", Integer.toString(LARGE.length)));
            second.write(Buffer.buffer(new byte[1]));
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            first.end(Buffer.buffer(new byte[LARGE.length - 1]));
            assertThat(client.answer(first).status()).isEqualTo(200);

            Reply late = other.answer(second);

            assertThat(late.status()).isEqualTo(503);
            assertThat(late.header("Retry-After")).isEqualTo("5");
            awaitTaken(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void givesBackWhatRefusedAndBrokenBodiesHad(HttpVersion version) {
        try (EitherVersion client = new EitherVersion(version, service.url())) {
            HttpClientRequest slow = announced(client);
            assertThat(client.answer(slow).status()).isEqualTo(408);
            awaitTaken(0);

            HttpClientRequest long1 = begin(client, Map.of()).setChunked(true);
            long1.write(Buffer.buffer(new byte[ROOM]));
            long1.write(Buffer.buffer(new byte[1]));
            assertThat(client.answer(long1).status()).isEqualTo(413);
            awaitTaken(0);

            announced(client).reset();
            awaitTaken(0);
        }
    }

    @Test
    void givesBackWhatWasForACallerThatLeft() {
        RawHttp gone = RawHttp.connect(service.url());
        gone.send("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nx");
        awaitTaken(60_000);
        RawHttp waits = RawHttp.connect(service.url());
        waits.send("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nx");

        waits.close();
        gone.close();

        awaitTaken(0);
    }
}
