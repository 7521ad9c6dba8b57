package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.TestSettings;
import dev.posthouse.relay.outbound.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PoHTTP, section 9, schedule. */
final class ScheduleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:06:10Z");
    private static final double MIDDLE = 0.5;

    private final Schedule schedule = Schedule.of(TestSettings.with(Map.of()).delivery());

    private static Waiting parcel(int attempts, Instant dueAt, Duration life) {
        return new Waiting(
                new Waiting.Version(1, 0),
                "peer.example",
                "type",
                1,
                attempts,
                dueAt,
                NOW,
                NOW.plus(life));
    }

    @ParameterizedTest
    @CsvSource({
        "1, PT30S",
        "2, PT1M",
        "3, PT2M",
        "4, PT4M",
        "5, PT8M",
        "10, PT4H16M",
        "11, PT6H",
        "100000, PT6H"
    })
    void doublesUpToSixHours(int attempts, Duration delay) {
        assertThat(schedule.delay(attempts, MIDDLE)).isEqualTo(delay);
        assertThat(schedule.delay(attempts, 0)).isEqualTo(delay.multipliedBy(8).dividedBy(10));
        assertThat(schedule.delay(attempts, 1)).isEqualTo(delay.multipliedBy(12).dividedBy(10));
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "4, PT0S", "5, PT30S", "6, PT1M", "100, PT6H"})
    void leavesAPeerAloneFromTheFifthFailureOn(int failures, Duration pause) {
        assertThat(schedule.pause(failures, MIDDLE)).isEqualTo(pause);
    }

    @Test
    void waitsAsLongAsIsAsked() {
        Waiting parcel = parcel(0, null, Duration.ofDays(1));

        assertThat(schedule.next(parcel, Duration.ofMinutes(5), MIDDLE, NOW))
                .isEqualTo(NOW.plusSeconds(300));
        assertThat(schedule.next(parcel, Duration.ofSeconds(5), MIDDLE, NOW))
                .isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void triesOnceMoreShortlyBeforeTheEnd() {
        Duration life = Duration.ofMinutes(5);
        Waiting parcel = parcel(3, NOW.minusSeconds(1), life);

        Instant last = schedule.next(parcel, Duration.ZERO, 1, NOW.plusSeconds(90));

        assertThat(last).isEqualTo(NOW.plus(life).minusSeconds(5));
        assertThat(schedule.next(parcel(4, last, life), Duration.ZERO, MIDDLE, last))
                .isEqualTo(NOW.plus(life));
    }

    @Test
    void triesAParcelOfAShortLifeOnceMore() {
        Duration life = Duration.ofSeconds(4);

        Instant last = schedule.next(parcel(0, null, life), Duration.ZERO, MIDDLE, NOW);

        assertThat(last).isEqualTo(NOW.plusSeconds(2));
        assertThat(schedule.next(parcel(1, last, life), Duration.ZERO, MIDDLE, last))
                .isEqualTo(NOW.plus(life));
    }

    @Test
    void makesNoLastAttemptBeforeThePeerWantsIt() {
        Duration life = Duration.ofMinutes(1);
        Waiting parcel = parcel(5, null, life);

        assertThat(schedule.next(parcel, Duration.ofSeconds(57), MIDDLE, NOW))
                .isEqualTo(NOW.plusSeconds(57));
        assertThat(schedule.next(parcel, Duration.ofHours(1), MIDDLE, NOW))
                .isAfterOrEqualTo(NOW.plus(life));
    }

    @Test
    void knowsTheLastAttemptOfAParcelWhosePeerIsLeftAlone() {
        Duration life = Duration.ofMinutes(5);
        Instant last = NOW.plus(life).minusSeconds(5);

        assertThat(Schedule.lastAttempt(parcel(0, null, life))).isEqualTo(last);
        assertThat(Schedule.lastAttempt(parcel(3, NOW, life))).isEqualTo(last);
        assertThat(Schedule.lastAttempt(parcel(3, last.plusSeconds(2), life)))
                .isEqualTo(last.plusSeconds(2));
        // Sent then, it is not sent again.
        assertThat(schedule.next(parcel(0, null, life).due(last), Duration.ZERO, 0, last))
                .isEqualTo(NOW.plus(life));
    }

    /** Whatever happens: forward, never twice at the end, and not for ever. */
    @Test
    void endsWithTheParcel() {
        Random random = new Random(8);
        for (int i = 0; i < 2_000; i++) {
            Duration life = Duration.ofMillis(1 + random.nextInt(2_000_000));
            Instant now = NOW;
            Waiting parcel = parcel(0, null, life);
            int atTheEnd = 0;
            while (now.isBefore(parcel.expires())) {
                Instant due = schedule.next(parcel, Duration.ZERO, random.nextDouble(), now);
                assertThat(due).isAfter(now).isBeforeOrEqualTo(parcel.expires());
                atTheEnd += Schedule.isLast(parcel, due) ? 1 : 0;
                parcel = parcel(parcel.attempts() + 1, due, life);
                now = due.plusMillis(random.nextInt(50));
            }
            assertThat(atTheEnd).isLessThanOrEqualTo(1);
            assertThat(parcel.attempts()).isBetween(1, 20);
        }
    }
}
