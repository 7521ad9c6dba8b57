package dev.posthouse.proxy.csr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.proxy.ProxyException.Overloaded;
import dev.posthouse.proxy.ProxySettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Certificates, section 11: so many a second, a bounded queue, and then no more. */
final class AdmissionTest {

    private static Admission admission(int perSecond, String wait) {
        return new Admission(
                ProxySettings.of(
                        "proxy.limits.admission",
                        Integer.toString(perSecond),
                        "proxy.limits.admission-wait",
                        wait));
    }

    @Test
    void turnsAwayWhatIsTooMuch() {
        Admission admission = admission(3, "0s");
        for (int i = 0; i < 3; i++) {
            admission.enter();
        }

        assertThatThrownBy(admission::enter).isInstanceOf(Overloaded.class);
    }

    @Test
    void letsAFewWaitTheirTurn() {
        Admission admission = admission(10, "1s");
        long begun = System.nanoTime();

        for (int i = 0; i < 12; i++) {
            admission.enter();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(100), Duration.ofMillis(900));
    }

    @Test
    void letsEverythingInAtZero() {
        Admission admission = admission(0, "0s");

        for (int i = 0; i < 10_000; i++) {
            admission.enter();
        }
    }

    @Test
    void turnsAwayWhoeverWaitsWhenTheServiceStops() throws InterruptedException {
        Admission admission = admission(1, "1m");
        admission.enter();
        Throwable[] thrown = new Throwable[1];
        Thread waiting =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                admission.enter();
                                admission.enter();
                            } catch (Overloaded stopped) {
                                thrown[0] = stopped;
                            }
                        });

        waiting.interrupt();
        waiting.join();

        assertThat(thrown[0]).isInstanceOf(Overloaded.class);
    }
}
