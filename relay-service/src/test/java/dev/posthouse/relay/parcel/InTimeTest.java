package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.trace.Traces;
import dev.posthouse.relay.RelayException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 8: answered within three seconds. */
final class InTimeTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void waitsForNoWorkThatTakesTooLong() throws InterruptedException {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        long begun = System.nanoTime();

        assertThatThrownBy(() ->
                        InTime.run(() -> {
                            await(answered);
                            done.countDown();
                        }))
                .isInstanceOfSatisfying(
                        RelayException.class,
                        late -> {
                            assertThat(late.status()).isEqualTo(503);
                            assertThat(late.refusal().retryAfter()).isPresent();
                        });

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        answered.countDown();
        done.await();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void passesOnWhatIsRefusedAndWhatFails() {
        RelayException refusal = RelayException.forbidden("code", "message");

        assertThatThrownBy(() ->
                        InTime.run(() -> {
                            throw refusal;
                        }))
                .isSameAs(refusal);
        assertThatThrownBy(() ->
                        InTime.run(() -> {
                            throw new StackOverflowError();
                        }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void belongsToTheSameTrace() {
        AtomicReference<String> inside = new AtomicReference<>();

        Traces.resume(
                TRACE,
                () -> {
                    InTime.run(() -> inside.set(Traces.current()));
                    return true;
                });

        assertThat(inside).hasValue(TRACE);
    }
}
