package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.TestSettings;
import dev.posthouse.relay.outbound.Settlement;
import dev.posthouse.relay.outbound.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 9: what is sent to a peer at once, and when it is left alone. */
final class PeerJobTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:06:10Z");
    private static final Outcome TAKEN = new Outcome.Taken("2xx");
    private static final Outcome FAILED = new Outcome.Later("500", Duration.ZERO, false);
    private static final double MIDDLE = 0.5;

    private final Schedule schedule = Schedule.of(TestSettings.with(Map.of()).delivery());
    private final PeerJob fresh = job(new Standing(0, null));
    private long seq;

    private PeerJob job(Standing standing) {
        return job(standing, NOW);
    }

    private PeerJob job(Standing standing, Instant begun) {
        Claim claim = new Claim("peer.example", UUID.randomUUID(), standing);
        return new PeerJob(claim, schedule, begun);
    }

    private Waiting begin(PeerJob job) {
        return begin(job, 0, Duration.ofDays(1));
    }

    private Waiting begin(PeerJob job, int attempts, Duration life) {
        Waiting parcel =
                new Waiting(
                        new Waiting.Version(++seq, 0),
                        "peer.example",
                        "type",
                        1,
                        attempts,
                        null,
                        NOW,
                        NOW.plus(life));
        job.began(parcel);
        return parcel;
    }

    private void end(PeerJob job, Waiting parcel, Outcome outcome) {
        job.ended(new Attempt(parcel, outcome), MIDDLE, NOW);
    }

    @Test
    void sendsOneAndThenFive() {
        assertThat(fresh.room(NOW)).isEqualTo(1);
        Waiting first = begin(fresh);
        assertThat(fresh.room(NOW)).isZero();

        end(fresh, first, TAKEN);

        assertThat(fresh.room(NOW)).isEqualTo(5);
        begin(fresh);
        begin(fresh);
        assertThat(fresh.room(NOW)).isEqualTo(3);
        assertThat(fresh.underWay()).containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void settlesEachKindOfOutcome() {
        Waiting parcel = begin(fresh);
        end(fresh, parcel, TAKEN);
        end(fresh, begin(fresh), new Outcome.Refused("403"));
        end(fresh, begin(fresh), FAILED);
        end(fresh, begin(fresh), new Outcome.Gone());
        end(fresh, begin(fresh), new Outcome.Stopped());
        end(fresh, begin(fresh), new Outcome.Elsewhere("other.example"));

        assertThat(fresh.unsettled())
                .containsExactly(
                        new Settlement.Delivered(new Waiting.Version(1, 0)),
                        new Settlement.Dead(new Waiting.Version(2, 0), "403"),
                        new Settlement.Later(new Waiting.Version(3, 0), NOW.plusSeconds(30)),
                        new Settlement.Moved(new Waiting.Version(6, 0), "other.example"));
        assertThat(fresh.underWay()).isEmpty();
        fresh.settled();
        assertThat(fresh.unsettled()).isEmpty();
    }

    /** Our database's doing, not the peer's. */
    @Test
    void putsOffWhatIsWithheldAndLeavesThePeerAsItIs() {
        for (int i = 0; i < 10; i++) {
            end(fresh, begin(fresh), new Outcome.Withheld());
        }

        assertThat(fresh.unsettled())
                .hasSize(10)
                .contains(new Settlement.Later(new Waiting.Version(10, 0), NOW.plusSeconds(30)));
        assertThat(fresh.standing()).isEqualTo(new Standing(0, null));
        assertThat(fresh.room(NOW)).isEqualTo(1);
    }

    @Test
    void goesOnWithOthersAfterAFailure() {
        end(fresh, begin(fresh), TAKEN);
        end(fresh, begin(fresh), FAILED);

        assertThat(fresh.room(NOW)).isEqualTo(5);
    }

    @Test
    void leavesAPeerAloneThatFailedFiveTimesInARow() {
        for (int i = 0; i < 4; i++) {
            end(fresh, begin(fresh), FAILED);
            assertThat(fresh.standing().pauses(NOW)).isFalse();
        }

        end(fresh, begin(fresh), FAILED);

        assertThat(fresh.room(NOW)).isZero();
        assertThat(fresh.standing()).isEqualTo(new Standing(5, NOW.plusSeconds(30)));
        Instant later = NOW.plusSeconds(30);
        PeerJob probing = job(fresh.standing(), later);
        assertThat(probing.room(later)).isEqualTo(1);
        probing.ended(new Attempt(begin(probing), FAILED), MIDDLE, later);
        assertThat(probing.standing()).isEqualTo(new Standing(6, later.plusSeconds(60)));
    }

    @Test
    void goesOnOnceAProbeWasAnswered() {
        PeerJob probing = job(new Standing(17, NOW));

        end(probing, begin(probing), TAKEN);

        assertThat(probing.standing().failures()).isZero();
        assertThat(probing.room(NOW)).isEqualTo(5);
    }

    /** It works: it is the parcel that it does not want. */
    @Test
    void takesARefusalForAnAnswer() {
        PeerJob probing = job(new Standing(5, NOW));

        end(probing, begin(probing), new Outcome.Refused("403"));

        assertThat(probing.standing().failures()).isZero();
    }

    @Test
    void isSoundWhileItsLastAttemptWasAnswered() {
        assertThat(fresh.isSound()).isFalse();
        end(fresh, begin(fresh), TAKEN);
        assertThat(fresh.isSound()).isTrue();
        end(fresh, begin(fresh), FAILED);
        assertThat(fresh.isSound()).isFalse();

        Claim known = new Claim("peer.example", UUID.randomUUID(), new Standing(0, null), true);
        assertThat(new PeerJob(known, schedule, NOW).isSound()).isTrue();
    }

    /** Nobody was asked, and the resolver may be busy with others' names. */
    @Test
    void countsNoLateLookupAsAFailureButLooksUpApartFromThen() {
        Claim known = new Claim("peer.example", UUID.randomUUID(), new Standing(0, null), true);
        PeerJob job = new PeerJob(known, schedule, NOW);

        end(job, begin(job), new Outcome.Unasked("host.late"));

        assertThat(job.standing()).isEqualTo(known.standing());
        assertThat(job.unsettled())
                .containsExactly(
                        new Settlement.Later(new Waiting.Version(1, 0), NOW.plusSeconds(30)));
        assertThat(job.isSound()).isFalse();
        end(job, begin(job), TAKEN);
        assertThat(job.isSound()).isTrue();
    }

    /** Nobody was asked: nothing is known of the peer, and nothing changes for the parcel. */
    @Test
    void leavesAPeerAloneForWhoseHostThereIsNoPlace() {
        end(fresh, begin(fresh), new Outcome.Crowded());

        assertThat(fresh.standing()).isEqualTo(new Standing(0, NOW.plusSeconds(30)));
        assertThat(fresh.unsettled()).isEmpty();
        assertThat(fresh.room(NOW)).isZero();
        assertThat(fresh.hasNews()).isTrue();
        fresh.settled();
        assertThat(fresh.hasNews()).isFalse();

        assertThat(fresh.maySendLast(NOW)).isTrue();
        end(fresh, begin(fresh), new Outcome.Crowded());
        assertThat(fresh.maySendLast(NOW.plusSeconds(4))).isFalse();
    }

    @Test
    void goesOnWhereItHasPlacesThoughNotAsManyAsItMayHave() {
        end(fresh, begin(fresh), TAKEN);
        Waiting one = begin(fresh);
        Waiting two = begin(fresh);

        end(fresh, one, new Outcome.Crowded());
        assertThat(fresh.standing()).isEqualTo(new Standing(0, null));
        assertThat(fresh.room(NOW)).isEqualTo(4);

        end(fresh, two, new Outcome.Crowded());
        assertThat(fresh.room(NOW)).isZero();
    }

    @Test
    void comesAgainSoonerWhereThePeerAnswers() {
        Claim known = new Claim("peer.example", UUID.randomUUID(), new Standing(0, null), true);
        PeerJob job = new PeerJob(known, schedule, NOW);

        end(job, begin(job), new Outcome.Crowded());

        assertThat(job.standing()).isEqualTo(new Standing(0, NOW.plusSeconds(5)));
        assertThat(job.isSound()).isTrue();
    }

    @Test
    void endsItsTurnThoughThePeerAnswers() {
        end(fresh, begin(fresh), TAKEN);
        Instant end = NOW.plus(PeerJob.LONGEST);

        assertThat(fresh.room(end.minusMillis(1))).isEqualTo(5);
        assertThat(fresh.room(end)).isZero();
        PeerJob left = job(new Standing(20, NOW.plusSeconds(3_600)));
        assertThat(left.maySendLast(end.minusMillis(1))).isTrue();
        assertThat(left.maySendLast(end)).isFalse();
    }

    /** Nobody was asked: whoever names a host that may not be called does not speak for it. */
    @Test
    void learnsNothingFromWhatCouldNotBeSent() {
        PeerJob probing = job(new Standing(5, NOW));

        end(probing, begin(probing), new Outcome.Unsendable("host.unlisted"));

        assertThat(probing.unsettled())
                .containsExactly(new Settlement.Dead(new Waiting.Version(1, 0), "host.unlisted"));
        assertThat(probing.standing().failures()).isEqualTo(5);
        assertThat(probing.isSound()).isFalse();
    }

    @Test
    void leavesAPeerAloneThatAsksForThat() {
        end(fresh, begin(fresh), TAKEN);
        Waiting one = begin(fresh);
        Waiting two = begin(fresh);

        end(fresh, one, new Outcome.Later("503", Duration.ofMinutes(10), true));
        end(fresh, two, TAKEN);

        assertThat(fresh.room(NOW)).isZero();
        assertThat(fresh.standing().pauses(NOW.plusSeconds(599))).isTrue();
        assertThat(fresh.standing().pauses(NOW.plusSeconds(600))).isFalse();
        assertThat(fresh.unsettled())
                .contains(new Settlement.Later(one.version(), NOW.plusSeconds(600)));
    }

    @Test
    void maySendForTheLastTimeThoughThePeerIsLeftAlone() {
        PeerJob left = job(new Standing(20, NOW.plusSeconds(3_600)));
        assertThat(left.room(NOW)).isZero();
        assertThat(left.maySendLast(NOW)).isTrue();

        Waiting parcel = begin(left, 0, Duration.ofSeconds(4));
        assertThat(left.maySendLast(NOW)).isFalse();
        end(left, parcel, FAILED);

        // The pause is what it was, and the next last attempt is a little later.
        assertThat(left.standing())
                .isEqualTo(new Standing(20, NOW.plusSeconds(3_600), NOW.plusSeconds(5)));
        assertThat(left.maySendLast(NOW.plusSeconds(4))).isFalse();
        assertThat(left.maySendLast(NOW.plusSeconds(5))).isTrue();
    }

    @Test
    void goesOnOnceALastAttemptWasAnswered() {
        PeerJob left = job(new Standing(20, NOW.plusSeconds(3_600)));

        end(left, begin(left, 0, Duration.ofSeconds(4)), TAKEN);

        assertThat(left.standing()).isEqualTo(new Standing(0, null));
        assertThat(left.room(NOW)).isEqualTo(5);
    }

    @Test
    void sendsNothingAtAllToAPeerThatAskedForThat() {
        end(fresh, begin(fresh), new Outcome.Later("503", Duration.ofMinutes(10), true));

        Instant later = NOW.plusSeconds(599);
        assertThat(job(fresh.standing(), later).maySendLast(later)).isFalse();
    }

    @Test
    void sendsNothingForTheLastTimeBeforeItsPauseBegins() {
        assertThat(fresh.maySendLast(NOW)).isFalse();
    }

    @Test
    void knowsWhenAPeerThatIsLeftAloneIsSentTo() {
        Instant end = NOW.plusSeconds(3_600);

        assertThat(new Standing(9, end).next(Optional.empty())).isEqualTo(end);
        assertThat(new Standing(9, end).next(Optional.of(end.plusSeconds(1)))).isEqualTo(end);
        assertThat(new Standing(9, end).next(Optional.of(NOW))).isEqualTo(NOW);
        assertThat(new Standing(9, end, NOW.plusSeconds(5)).next(Optional.of(NOW)))
                .isEqualTo(NOW.plusSeconds(5));
        assertThat(new Standing(9, end, end).next(Optional.of(NOW))).isEqualTo(end);
    }
}
