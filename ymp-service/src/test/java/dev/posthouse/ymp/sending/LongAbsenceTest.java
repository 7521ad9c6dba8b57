package dev.posthouse.ymp.sending;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.FakePeer;
import dev.posthouse.ymp.MovedClock;
import dev.posthouse.ymp.OtherSettings;
import dev.posthouse.ymp.asking.TokenArrived;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A host is away for hours, and the pauses are those of the default (YMP, sections 4, 6, 10). */
@QuarkusTest
@TestProfile(OtherSettings.class)
class LongAbsenceTest {

    private static final Duration ABSENCE = Duration.ofHours(3);

    /** A pause is the half of its step on average: these are enough for all to be very short. */
    private static final int MOST_PROBES = 60;

    @Inject MovedClock clock;
    @Inject Event<TokenArrived> something;

    private final Instant begin = Instant.ofEpochMilli(System.currentTimeMillis());
    private FakePeer peer;

    @Test
    void costsOneProbeAStepHoweverManyMessagesWait() {
        peer = new FakePeer("susi");
        try {
            Receiver.forget(peer.host());
            peer.answer("/.well-known/ymp", 503, "");
            Posts.insert(peer.host(), 300);
            await("it has failed once", () -> failures() >= 1);
            int before = failures();
            Duration away = away();
            while (away.compareTo(ABSENCE) < 0) {
                clock.during(away, this::awaitProbe);
                away = away();
            }

            assertThat(failures()).isBetween(before + 3, MOST_PROBES);
            assertThat(peer.others("/.well-known/ymp")).hasSize(failures());
            assertThat(Posts.waiting(peer.host())).isEqualTo(300);
            assertThat(away).isLessThan(ABSENCE.plus(Duration.ofHours(1)));
            peer.answer("/.well-known/ymp", 200, FakePeer.information("/grant"));
            clock.during(away, () -> assertThat(next("/request")).contains("state"));
        } finally {
            peer.close();
            Receiver.forget(peer.host());
        }
    }

    private String next(String path) {
        something.fire(new TokenArrived(HostName.parse(peer.host())));
        return peer.next(path).body();
    }

    private void awaitProbe() {
        int before = failures();
        something.fire(new TokenArrived(HostName.parse(peer.host())));
        await("it is asked again", () -> failures() > before);
    }

    private int failures() {
        return Integer.parseInt(peer("failures"));
    }

    /** From the beginning to when the host is due next. */
    private Duration away() {
        AtomicReference<String> due = new AtomicReference<>();
        await(
                "nobody is at it",
                () -> {
                    due.set(peer("trunc(extract(epoch from due_at))"));
                    return due.get() != null;
                });
        return Duration.between(begin, Instant.ofEpochSecond(Long.parseLong(due.get()) + 1));
    }

    private String peer(String column) {
        return TestDatabase.ask("select " + column + " from peer where host = ?", peer.host());
    }
}
