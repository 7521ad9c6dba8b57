package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 9: what a host has not answered yet, in all. */
final class HostPlacesTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Who waits longer than a test does has got its place when it ends. */
    private final HostPlaces places = new HostPlaces(PATIENCE.multipliedBy(6));

    private Thread taking(String host, boolean sound) {
        return Thread.ofVirtual().start(() -> places.take(host, sound));
    }

    @Test
    void aSixthWaitsForOneOfFive() throws Exception {
        for (int i = 0; i < 5; i++) {
            places.take("a.example", true);
        }
        Thread sixth = taking("a.example", true);
        assertThat(sixth.join(SHORT)).isFalse();
        assertThat(taking("b.example", true).join(PATIENCE)).isTrue();

        places.giveBack("a.example", true);

        assertThat(sixth.join(PATIENCE)).isTrue();
    }

    @Test
    void urlsThatDoNotAnswerLeavePlacesToThoseThatDo() throws Exception {
        for (int i = 0; i < 3; i++) {
            places.take("a.example", false);
        }
        Thread silent = taking("a.example", false);
        assertThat(silent.join(SHORT)).isFalse();

        assertThat(taking("a.example", true).join(PATIENCE)).isTrue();

        places.giveBack("a.example", false);
        assertThat(silent.join(PATIENCE)).isTrue();
    }

    /** Whoever waits keeps a job from another host's peers. */
    @Test
    void nobodyWaitsForLong() {
        HostPlaces impatient = new HostPlaces(SHORT);
        for (int i = 0; i < 3; i++) {
            assertThat(impatient.take("a.example", false)).isTrue();
        }
        assertThat(impatient.take("a.example", false)).isFalse();
        for (int i = 0; i < 2; i++) {
            assertThat(impatient.take("a.example", true)).isTrue();
        }
        assertThat(impatient.take("a.example", true)).isFalse();

        for (int i = 0; i < 3; i++) {
            impatient.giveBack("a.example", false);
        }
        for (int i = 0; i < 2; i++) {
            impatient.giveBack("a.example", true);
        }
        assertThat(impatient.hosts()).isZero();
    }

    /** Not even the place of those that do not answer, which it had. */
    @Test
    void whoHasWaitedInVainHasNothing() {
        HostPlaces impatient = new HostPlaces(SHORT);
        for (int i = 0; i < 5; i++) {
            impatient.take("a.example", true);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(impatient.take("a.example", false)).isFalse();
        }

        for (int i = 0; i < 3; i++) {
            impatient.giveBack("a.example", true);
            assertThat(impatient.take("a.example", false)).isTrue();
        }
    }

    @Test
    void nobodyIsRememberedWhoHasLeft() {
        for (int i = 0; i < 10; i++) {
            places.take("a.example", false);
            places.giveBack("a.example", false);
        }

        assertThat(places.hosts()).isZero();
    }
}
