package dev.posthouse.repository.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.posthouse.repository.MovedClock;
import dev.posthouse.repository.TestSession;
import dev.posthouse.repository.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of records as time passes (certificates, section 8). */
@QuarkusTest
class ForgettingTest {

    private static final Duration ONCE_DELAY = Duration.ofSeconds(60);

    private final TestSession session = new TestSession();

    @Inject Records records;
    @Inject PurgeExpired purgeExpired;
    @Inject EraseCollected eraseCollected;
    @Inject MovedClock clock;

    @Test
    void keepsWhatWasNeverCollectedUntilItsAccessUrlEnds() {
        session.stored();

        clock.during(
                Duration.ofHours(24).minusMinutes(1),
                () -> {
                    eraseCollected.erase();
                    eraseOnce();
                    session.collect().then().statusCode(200);
                });
    }

    @Test
    void givesWhatWasCollectedOnceMoreWithinTheRetention() {
        TestSession late = collectedLate();

        clock.during(
                Duration.ofHours(23),
                () -> {
                    eraseCollected.erase();
                    late.collect().then().statusCode(200);
                });
    }

    @Test
    void knowsNothingOfWhatWasCollectedLongAgoEvenBeforeItIsErased() {
        TestSession late = collectedLate();

        clock.during(Duration.ofHours(24).plusSeconds(1), () -> isGone(late));
    }

    @Test
    void leavesATombstoneThatNoLateRepeatBringsBack() {
        String chain = session.stored();
        session.collect().then().statusCode(200);

        clock.during(ONCE_DELAY.plusSeconds(1), this::eraseOnce);

        assertThat(session.recorded("cert")).isNull();
        isGone(session);
        session.store(chain).then().statusCode(200);
        session.store(session.chain()).then().statusCode(409);
        isGone(session);
    }

    @Test
    void allowsALostAnswerToBeAskedForAgainInModeOnce() {
        session.stored();
        session.collect().then().statusCode(200);

        clock.during(ONCE_DELAY.minusSeconds(5), this::eraseOnce);

        session.collect().then().statusCode(200);
    }

    @Test
    void purgesAnHourAfterTheAccessUrlHasEnded() {
        TestSession refused = new TestSession();
        session.stored();
        refused.refuse("csr.key.size").then().statusCode(200);

        clock.during(Duration.ofHours(25).minusMinutes(1), purgeExpired::purge);
        assertThat(session.records()).isEqualTo("1");
        clock.during(Duration.ofHours(25).plusMinutes(1), purgeExpired::purge);

        assertThat(session.records()).isEqualTo("0");
        assertThat(refused.records()).isEqualTo("0");
    }

    /** Its AccessURL lasts so long that only the retention can end it. */
    private static TestSession collectedLate() {
        TestSession late =
                new TestSession(claims -> claims.setExpirationTimeMinutesInTheFuture(60 * 72));
        late.stored();
        late.collect().then().statusCode(200);
        return late;
    }

    private void eraseOnce() {
        new EraseCollected(records, retention("once"), clock).erase();
    }

    private static Retention retention(String mode) {
        return new Retention(TestSettings.with(Map.of("repository.mode", mode)));
    }

    private static void isGone(TestSession session) {
        session.collect()
                .then()
                .statusCode(404)
                .header("Retry-After", nullValue())
                .body("code", equalTo("access-url.unknown"));
    }
}
