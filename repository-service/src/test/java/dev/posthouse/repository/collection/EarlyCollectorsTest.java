package dev.posthouse.repository.collection;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.repository.RepositoryUnderTest;
import dev.posthouse.repository.TestSession;
import dev.posthouse.testing.RawHttp;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service under test holds eight collectors for a second, and has six connections. */
@QuarkusTest
class EarlyCollectorsTest {

    private static final Duration HOLD = Duration.ofSeconds(1);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final TestSession session = new TestSession();

    @Inject MeterRegistry metrics;

    private record Timed(Response response, Duration taken) {}

    @AfterEach
    void hangUp() {
        callers.close();
    }

    @Test
    void turnsANearMissIntoAHit() {
        Future<Timed> early = callers.submit(() -> timed(session));
        awaitHeld(1);

        String chain = session.stored();

        Timed answer = get(early);
        assertThat(answer.response().statusCode()).isEqualTo(200);
        assertThat(answer.response().jsonPath().getString("cert")).isEqualTo(chain);
        assertThat(answer.taken()).isLessThan(HOLD);
    }

    @Test
    void tellsOfARefusalThatComesMeanwhile() {
        Future<Timed> early = callers.submit(() -> timed(session));
        awaitHeld(1);

        session.refuse("csr.key.size").then().statusCode(200);

        assertThat(get(early).response().jsonPath().getString("code"))
                .isEqualTo("issuance.refused");
    }

    @Test
    void answersAllWhoWaitForTheSame() {
        List<Future<Timed>> early = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            early.add(callers.submit(() -> timed(session)));
        }
        awaitHeld(3);

        session.stored();

        assertThat(early)
                .allSatisfy(one -> assertThat(get(one).response().statusCode()).isEqualTo(200));
    }

    @Test
    void saysThatNothingCameAfterTheHold() {
        Timed answer = timed(session);

        assertThat(answer.response().jsonPath().getString("code")).isEqualTo("cert.not-ready");
        assertThat(answer.taken()).isBetween(HOLD, HOLD.multipliedBy(3));
    }

    @Test
    void holdsSoManyAndTellsOneMoreAtOnceWhileOthersAreServed() {
        List<Future<Timed>> held = new ArrayList<>();
        for (int i = 0; i < RepositoryUnderTest.HOLD_LIMIT; i++) {
            TestSession early = new TestSession();
            held.add(callers.submit(() -> timed(early)));
        }
        awaitHeld(RepositoryUnderTest.HOLD_LIMIT);

        Timed oneMore = timed(session);
        TestSession other = new TestSession();
        other.stored();
        Timed served = timed(other);

        assertThat(oneMore.response().jsonPath().getString("code")).isEqualTo("cert.not-ready");
        assertThat(oneMore.response().header("Retry-After")).isEqualTo("2");
        assertThat(oneMore.taken()).isLessThan(HOLD);
        assertThat(served.response().statusCode()).isEqualTo(200);
        assertThat(held).noneMatch(Future::isDone);
        assertThat(held)
                .allSatisfy(one -> assertThat(get(one).response().statusCode()).isEqualTo(404));
    }

    @Test
    void countsNoCollectionThatNobodyWaitedFor() {
        String body = "{\"session_name\":\"" + session.name().value() + "\"}";
        try (RawHttp client = RawHttp.connect(RepositoryUnderTest.door().url())) {
            client.send(
                    """
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Forwarded: for=%s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    %s\
                    """
                            .formatted(session.path(), session.address(), body.length(), body));
            awaitHeld(1);
        }

        session.stored();

        awaitHeld(0);
        assertThat(session.recorded("first_collected")).isNull();
        session.collect().then().statusCode(200);
        assertThat(session.recorded("first_collected")).isNotNull();
    }

    private void awaitHeld(int number) {
        await(
                number + " are held",
                () -> metrics.get("posthouse.collectors.held").gauge().value() == number);
    }

    private static Timed timed(TestSession session) {
        long start = System.nanoTime();
        Response response = session.collect();
        return new Timed(response, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Timed get(Future<Timed> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
