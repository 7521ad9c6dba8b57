package dev.posthouse.relay.collection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.collection.Conversation.Manner;
import dev.posthouse.relay.parcel.Waiting;
import dev.posthouse.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:06:10Z");
    private static final byte[] SIGNATURE = {1, 2, 3};

    private final FakeClock clock = new FakeClock(NOW);
    private Conversation conversation = conversing(5, false);

    private Conversation conversing(int inFlight, boolean untilComplete) {
        return new Conversation(Challenge.random(), new Manner(inFlight, untilComplete), clock);
    }

    @Test
    void challengesAtOnce() {
        Challenge challenge = Challenge.random();
        Conversation begun = new Conversation(challenge, new Manner(5, false), clock);

        assertThat(begun.begin())
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.Say.class,
                        said -> assertThat(said.octets()).isEqualTo(challenge.encoded()));
    }

    @Test
    void hasTheAnswerJudgedAndLooksOnceAdmitted() {
        conversation.begin();

        assertThat(conversation.message(answer()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.Judge.class,
                        judged -> assertThat(judged.signature()).isEqualTo(SIGNATURE));
        assertThat(conversation.admitted()).containsExactly(new Step.Look(Set.of()));
    }

    @Test
    void refusesWhatIsNoAnswer() {
        conversation.begin();

        assertThat(conversation.message("no answer".getBytes(US_ASCII)))
                .containsExactly(new Step.Close(Ending.REFUSED));
    }

    @Test
    void refusesWhoTalksBeforeItIsAdmitted() {
        conversation.begin();
        conversation.message(answer());

        assertThat(conversation.message(answer())).containsExactly(new Step.Close(Ending.REFUSED));
        assertThat(conversation.admitted()).isEmpty();
    }

    @Test
    void refusesWhomTheSignatureDoesNotAdmit() {
        conversation.begin();
        conversation.message(answer());

        assertThat(conversation.refused()).containsExactly(new Step.Close(Ending.REFUSED));
    }

    @Test
    void doesNotWaitForAnAnswerForEver() {
        conversation.begin();

        assertThat(conversation.late()).containsExactly(new Step.Close(Ending.REFUSED));
        assertThat(conversation.late()).isEmpty();
    }

    @Test
    void mindsNoLateAlarmAfterTheAnswer() {
        conversation.begin();
        conversation.message(answer());

        assertThat(conversation.late()).isEmpty();
    }

    @Test
    void sendsOneAfterTheOtherAndNoMoreThanMayBeInFlight() {
        admit(conversing(2, false));

        List<Step> first = conversation.found(parcels(3));
        List<Step> second = conversation.sent();
        List<Step> third = conversation.sent();

        assertThat(first).hasOnlyElementsOfType(Step.Deliver.class).hasSize(1);
        assertThat(second).hasOnlyElementsOfType(Step.Deliver.class).hasSize(1);
        assertThat(third).isEmpty();
        assertThat(allThere(conversation.message(id(delivered(first)))))
                .anySatisfy(step -> assertThat(step).isInstanceOf(Step.Deliver.class));
    }

    /** PoHTTP, section 16: nothing is delivered after its acknowledgement was committed. */
    @Test
    void looksAgainBeforeItSendsWhatItHasReadBefore() {
        admit(conversing(2, false));
        List<Waiting> found = parcels(4);
        conversation.found(found);
        conversation.sent();
        conversation.sent();
        List<UUID> next = List.of(found.get(2).delivery(), found.get(3).delivery());

        assertThat(conversation.message(id(found.get(0).delivery())))
                .containsExactly(
                        new Step.Forget(Set.of(found.get(0).delivery())), new Step.LookAgain(next));
        assertThat(conversation.message(id(found.get(1).delivery()))).isEmpty();
        assertThat(conversation.stillWaiting(next, Set.of(next.get(1))))
                .contains(new Step.Deliver(found.get(3)))
                .doesNotContain(new Step.Deliver(found.get(2)));
        assertThat(conversation.isHolding()).isFalse();
    }

    /** What another replica has replaced has a new version, which has another id. */
    @Test
    void looksForAllWhenSomethingWaitsNoLonger() {
        admit(conversing(1, true));
        List<Waiting> found = parcels(2);
        conversation.found(found);
        conversation.sent();
        UUID first = found.get(0).delivery();
        conversation.message(id(first));

        List<UUID> next = List.of(found.get(1).delivery());

        assertThat(conversation.stillWaiting(next, Set.of()))
                .containsExactly(new Step.Look(Set.of(first)));
    }

    @Test
    void deliversNothingThatItSeesToWaitAfterTheEnd() {
        admit(conversing(1, false));
        List<Waiting> found = parcels(2);
        conversation.found(found);
        conversation.sent();
        conversation.message(id(found.get(0).delivery()));
        UUID next = found.get(1).delivery();
        conversation.leave();

        assertThat(conversation.stillWaiting(List.of(next), Set.of(next))).isEmpty();
    }

    @Test
    void sendsNothingElseUntilAParcelIsSent() {
        admit(conversation);
        conversation.found(parcels(3));

        assertThat(conversation.tick()).isEmpty();
        assertThat(conversation.arrived()).isEmpty();
        assertThat(conversation.sent())
                .satisfiesExactly(
                        look -> assertThat(look).isInstanceOf(Step.Look.class),
                        next -> assertThat(next).isInstanceOf(Step.Deliver.class));
    }

    @Test
    void recordsAnAcknowledgementAndThoseThatCameMeanwhileTogether() {
        admit(conversation);
        List<UUID> ids = deliverAll(parcels(3));

        assertThat(conversation.message(id(ids.get(0))))
                .containsExactly(new Step.Forget(Set.of(ids.get(0))));
        assertThat(conversation.message(id(ids.get(1)))).isEmpty();
        assertThat(conversation.message(id(ids.get(2)))).isEmpty();
        assertThat(conversation.recorded())
                .containsExactly(new Step.Forget(Set.of(ids.get(1), ids.get(2))));
        assertThat(conversation.recorded()).isEmpty();
    }

    @Test
    void refusesAnIdThatItHasNotSent() {
        admit(conversation);
        deliverAll(parcels(1));

        assertThat(conversation.message(id(UUID.randomUUID())))
                .containsExactly(new Step.Close(Ending.REFUSED));
    }

    @Test
    void refusesAnIdThatIsAcknowledgedAlready() {
        admit(conversation);
        List<UUID> ids = deliverAll(parcels(1));
        conversation.message(id(ids.getFirst()));

        assertThat(conversation.message(id(ids.getFirst())))
                .containsExactly(new Step.Close(Ending.REFUSED));
    }

    @Test
    void refusesAnAcknowledgementThatIsNoId() {
        admit(conversation);
        deliverAll(parcels(1));

        assertThat(conversation.message(new byte[] {0, (byte) 0xff}))
                .containsExactly(new Step.Close(Ending.REFUSED));
    }

    @Test
    void looksAgainForWhatArrivesWhileItLooks() {
        admit(conversation);

        assertThat(conversation.arrived()).isEmpty();
        assertThat(conversation.found(List.of())).containsExactly(new Step.Look(Set.of()));
        assertThat(conversation.found(List.of())).isEmpty();
        assertThat(conversation.arrived()).containsExactly(new Step.Look(Set.of()));
    }

    @Test
    void doesNotLookForWhatItKnows() {
        admit(conversation);
        List<UUID> ids = deliverAll(parcels(3));
        conversation.message(id(ids.get(0)));
        conversation.message(id(ids.get(1)));

        assertThat(conversation.arrived()).containsExactly(new Step.Look(Set.copyOf(ids)));
    }

    @Test
    void looksOnWhenALookHasFoundAllThatIsReadAtOnce() {
        admit(conversation);
        List<Waiting> full = parcels(Conversation.AHEAD);

        assertThat(deliverAllOf(full)).contains(new Step.Look(idsOf(full)));
    }

    /** Delivers and acknowledges until it looks again; what it knew then is all of them. */
    private List<Step> deliverAllOf(List<Waiting> full) {
        List<Step> all = new ArrayList<>(conversation.found(full));
        for (int i = 0; i < full.size(); i++) {
            all.addAll(allThere(conversation.sent()));
            all.addAll(allThere(conversation.message(id(full.get(i).delivery()))));
        }
        return all;
    }

    /** Nobody else collects: what is looked at again still waits. */
    private List<Step> allThere(List<Step> steps) {
        List<Step> all = new ArrayList<>(steps);
        for (Step step : steps) {
            if (step instanceof Step.LookAgain(List<UUID> next)) {
                all.addAll(conversation.stillWaiting(next, Set.copyOf(next)));
            }
        }
        return all;
    }

    @Test
    void doesNotReadOnWhileTheClientTakesNothing() {
        admit(conversing(1, false));
        conversation.found(parcels(1));

        assertThat(conversation.arrived()).isEmpty();
        assertThat(conversation.sent()).isEmpty();
        assertThat(conversation.wanting()).isEmpty();
    }

    @Test
    void doesNotKeepWhatItHasReadForLong() {
        admit(conversing(1, false));
        List<Step> first = conversation.found(parcels(3));
        conversation.sent();
        assertThat(conversation.isHolding()).isTrue();

        clock.advance(Ahead.FRESH.plusMillis(1));
        List<Step> later = conversation.tick();

        assertThat(later).isEmpty();
        assertThat(conversation.isHolding()).isFalse();
        UUID id = delivered(first);
        assertThat(conversation.message(id(id)))
                .containsExactly(new Step.Forget(Set.of(id)), new Step.Look(Set.of(id)));
    }

    @Test
    void deliversWhatItHasFoundHoweverLongTheLookTook() {
        admit(conversation);
        clock.advance(Ahead.FRESH.multipliedBy(3));
        List<Waiting> found = parcels(1);

        assertThat(conversation.found(found)).containsExactly(new Step.Deliver(found.getFirst()));
    }

    @Test
    void passesOverWhatHasExpiredSinceItWasRead() {
        admit(conversing(1, false));
        Waiting ends = parcel(NOW.plusMillis(500));
        Waiting lives = parcel(NOW.plusSeconds(60));
        List<Step> first = conversation.found(List.of(parcel(NOW.plusSeconds(60)), ends, lives));
        conversation.sent();
        clock.advance(Duration.ofMillis(501));

        assertThat(allThere(conversation.message(id(delivered(first)))))
                .contains(new Step.Deliver(lives));
    }

    @Test
    void passesOverWhatAnotherConnectionHasCollected() {
        admit(conversing(1, false));
        List<Waiting> found = parcels(3);
        conversation.found(found);
        conversation.sent();

        conversation.gone(Set.of(found.get(1).delivery()));

        assertThat(allThere(conversation.message(id(found.get(0).delivery()))))
                .contains(new Step.Deliver(found.get(2)));
    }

    @Test
    void passesOverWhatAnotherConnectionCollectsDuringTheLook() {
        admit(conversation);
        List<Waiting> found = parcels(2);

        conversation.gone(Set.of(found.get(0).delivery()));

        assertThat(conversation.found(found)).contains(new Step.Deliver(found.get(1)));
        assertThat(conversation.sent()).isEmpty();
    }

    @Test
    void completesWhenAllIsSentAndRecordedAndNoSooner() {
        admit(conversing(5, true));
        List<UUID> ids = deliverAll(parcels(2));

        conversation.message(id(ids.get(0)));
        assertThat(conversation.recorded()).isEmpty();
        assertThat(conversation.message(id(ids.get(1))))
                .containsExactly(new Step.Forget(Set.of(ids.get(1))));
        assertThat(conversation.recorded()).containsExactly(new Step.Close(Ending.COMPLETE));
    }

    @Test
    void completesAtOnceWhenNothingWaits() {
        admit(conversing(5, true));

        assertThat(conversation.found(List.of())).containsExactly(new Step.Close(Ending.COMPLETE));
    }

    @Test
    void goesOnForEverUnlessAskedToComplete() {
        admit(conversation);

        assertThat(conversation.found(List.of())).isEmpty();
        assertThat(conversation.wanting()).hasValue(0);
    }

    @Test
    void recordsWhatWasAcknowledgedBeforeTheEnd() {
        admit(conversation);
        List<UUID> ids = deliverAll(parcels(2));
        conversation.message(id(ids.get(0)));
        conversation.message(id(ids.get(1)));

        assertThat(conversation.closed()).isEmpty();
        assertThat(conversation.recorded()).containsExactly(new Step.Forget(Set.of(ids.get(1))));
    }

    @Test
    void recordsWhatWasAcknowledgedBeforeItSendsTheClientAway() {
        admit(conversation);
        List<UUID> ids = deliverAll(parcels(2));
        conversation.message(id(ids.get(0)));

        assertThat(conversation.leave()).isEmpty();
        assertThat(conversation.message(id(ids.get(1)))).isEmpty();
        assertThat(conversation.recorded()).containsExactly(new Step.Forget(Set.of(ids.get(1))));
        assertThat(conversation.recorded()).containsExactly(new Step.Close(Ending.COME_AGAIN));
    }

    @Test
    void sendsAwayWhoHasNotBeenAdmittedToo() {
        conversation.begin();

        assertThat(conversation.leave()).containsExactly(new Step.Close(Ending.COME_AGAIN));
    }

    @Test
    void takesAcknowledgementsAfterItsLastWord() {
        admit(conversation);
        List<UUID> ids = deliverAll(parcels(1));
        conversation.leave();

        assertThat(conversation.message(id(ids.getFirst())))
                .containsExactly(new Step.Forget(Set.of(ids.getFirst())));
        assertThat(conversation.message(id(ids.getFirst()))).isEmpty();
    }

    @Test
    void endsWhenSomethingOfOursFails() {
        admit(conversation);

        assertThat(conversation.failed()).containsExactly(new Step.Close(Ending.FAILED));
        assertThat(conversation.found(parcels(1))).isEmpty();
        assertThat(conversation.isHolding()).isFalse();
    }

    @Test
    void deliversNothingAfterTheEnd() {
        admit(conversation);
        conversation.closed();

        assertThat(conversation.found(parcels(2))).isEmpty();
        assertThat(conversation.arrived()).isEmpty();
        assertThat(conversation.wanting()).isEmpty();
    }

    private void admit(Conversation begun) {
        conversation = begun;
        conversation.begin();
        conversation.message(answer());
        conversation.admitted();
    }

    private List<UUID> deliverAll(List<Waiting> parcels) {
        List<Step> steps = new ArrayList<>(conversation.found(parcels));
        for (int i = 0; i < parcels.size(); i++) {
            steps.addAll(conversation.sent());
        }
        return steps.stream().map(step -> ((Step.Deliver) step).parcel().delivery()).toList();
    }

    private static UUID delivered(List<Step> steps) {
        return ((Step.Deliver) steps.getFirst()).parcel().delivery();
    }

    private static Set<UUID> idsOf(List<Waiting> parcels) {
        return Set.copyOf(parcels.stream().map(Waiting::delivery).toList());
    }

    private static List<Waiting> parcels(int count) {
        return IntStream.range(0, count).mapToObj(i -> parcel(NOW.plusSeconds(60))).toList();
    }

    private static Waiting parcel(Instant expires) {
        return new Waiting(1, UUID.randomUUID(), 3, expires, new byte[] {1, 2, 3});
    }

    private static byte[] id(UUID id) {
        return id.toString().getBytes(US_ASCII);
    }

    private static byte[] answer() {
        try {
            DERSequence signatures = new DERSequence(new DEROctetString(SIGNATURE));
            return new DERSequence(new DERTaggedObject(false, 0, signatures)).getEncoded();
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
